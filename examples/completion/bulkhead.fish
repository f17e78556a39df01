# Completion of bulkhead in fish. Put it in ~/.config/fish/completions.
function __bulkhead_complete
    set --local words (commandline --tokenize --cut-at-cursor --current-process)
    bulkhead __complete -- $words[2..-1] (commandline --current-token --cut-at-cursor)
end

complete --command bulkhead --arguments '(__bulkhead_complete)'
