# kouhao 的自动补全（fish）
function __kouhao_complete
    set -l name (commandline -opc)[1]
    set -l line (commandline -cp | string collect)
    set -l offered (_KOUHAO_COMPLETE=fish _KOUHAO_LINE=$line $name 2>/dev/null)
    if set -q offered[1]
        printf '%s\n' $offered
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c kouhao -f -k -a '(__kouhao_complete)'
complete -c kh -f -k -a '(__kouhao_complete)'
