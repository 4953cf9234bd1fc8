package dev.graft.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code graft completion}: what a shell needs to complete commands and options. */
@Command(
        name = "completion",
        header = "Print what bash and zsh complete commands and options by.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(graft completion)                                  for this shell",
            "  graft completion > ~/.local/share/bash-completion/completions/graft    for every new one"
        })
final class CompletionCommand extends Subcommand {
    @Spec
    private CommandSpec spec;

    CompletionCommand() {}

    @Override
    int run() {
        String script = AutoComplete.bash(spec.root().name(), spec.root().commandLine());
        console().result(script, script);
        return ExitCode.DONE;
    }
}
