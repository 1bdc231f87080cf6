# kouhao 的自动补全（PowerShell）
Register-ArgumentCompleter -Native -CommandName kouhao, kh -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $before = $cursorPosition - $commandAst.Extent.StartOffset
    $line = $commandAst.ToString()
    $line = if ($before -gt $line.Length) { $line.PadRight($before) } else { $line.Substring(0, $before) }
    $encoding = [Console]::OutputEncoding
    $env:_KOUHAO_COMPLETE = 'powershell'
    $env:_KOUHAO_LINE = $line
    try {
        [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
        & $commandAst.CommandElements[0].Value 2>$null | ForEach-Object {
            $word, $shown, $meaning = $_ -split "`t", 3
            [System.Management.Automation.CompletionResult]::new($word, $shown, 'ParameterValue', $meaning)
        }
    }
    finally {
        [Console]::OutputEncoding = $encoding
        Remove-Item Env:_KOUHAO_COMPLETE, Env:_KOUHAO_LINE
    }
}
