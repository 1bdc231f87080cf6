#compdef kouhao kh
# kouhao 的自动补全（zsh）
_kouhao() {
    local word meaning text typed=${(Q)PREFIX}
    local -a offered shown others other_shown
    while IFS=$'\t' read -r word meaning; do
        text="$word${meaning:+  $meaning}"
        (( ${(m)#text} < COLUMNS )) || text="${(mr:COLUMNS - 3:)text}…"
        if [[ $word == "$typed"* ]]; then
            offered+=("$word") shown+=("$text")
        else
            others+=("$word") other_shown+=("$text")
        fi
    done < <(_KOUHAO_COMPLETE=zsh _KOUHAO_LINE="${(j: :)words[1,CURRENT-1]} $PREFIX" "${(Q)words[1]}" 2>/dev/null)
    if (( $#offered )); then
        compadd -V 口号 -l -d shown -a offered
    elif (( $#others )); then
        compadd -U -V 口号 -l -d other_shown -a others
        (( $#others == 1 )) || compstate[insert]=menu
    else
        _files
    fi
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
compdef _kouhao kouhao kh
