# kouhao 的自动补全（bash）
_kouhao() {
    local word
    COMPREPLY=()
    while IFS= read -r word; do
        COMPREPLY+=("$word")
    done < <(_KOUHAO_COMPLETE=bash _KOUHAO_LINE="${COMP_LINE:0:COMP_POINT}" "$1" 2>/dev/null)
}
complete -o default -F _kouhao kouhao kh
