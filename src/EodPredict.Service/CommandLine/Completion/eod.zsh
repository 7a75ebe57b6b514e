#compdef eod
# Completion of eod for zsh, after compinit: source <(eod completion zsh)
_eod() {
    local line="eod ${(j: :)words[2,CURRENT]}"
    local -a found
    found=(${(f)"$(${~words[1]} "[suggest:${#line}]" "$line" 2>/dev/null)"})
    if (( $#found )); then compadd -a found; else _files; fi
}
compdef _eod eod ./eod
