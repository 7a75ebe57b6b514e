# Completion of eod for fish: eod completion fish | source
function __eod_completions
    set -l words (commandline -opc)
    set -l line (string join ' ' -- eod $words[2..] (commandline -ct))
    $words[1] "[suggest:"(string length -- $line)"]" $line 2>/dev/null
end
complete -c eod -a '(__eod_completions)'
