# Completion of eod for bash: source <(eod completion bash)
_eod() {
    local program=${COMP_WORDS[0]/#\~/$HOME} line="eod${COMP_LINE#"${COMP_WORDS[0]}"}" found
    found=$("$program" "[suggest:$((COMP_POINT - ${#COMP_WORDS[0]} + 3))]" "$line" 2>/dev/null) || return 0
    local IFS=$'\n'
    COMPREPLY=($(compgen -W "$found" -- "${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _eod eod ./eod
