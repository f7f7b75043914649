"""What all commands share: errors and exit codes, options, opening a project, output, progress."""
