package dev.graft.storage;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a run may do with a directory that is there already. */
final class RunRules {
    private RunRules() {}

    static void requireUsable(Path real, RunDirectory.Use use) throws IOException {
        if (!FileTree.exists(real)) {
            if (use == RunDirectory.Use.RESUME) {
                throw new SettingsException(Problem.of("There is nothing to resume.")
                        .where(real)
                        .expected("the directory of an earlier run")
                        .found("no such directory")
                        .fix("start a new run there, without resuming"));
            }
            return;
        }
        if (!Files.isDirectory(real)) {
            throw new SettingsException(Problem.of("The output directory is something else.")
                    .where(real)
                    .expected("a directory, or nothing yet")
                    .found(Files.isRegularFile(real) ? "a file" : "neither a file nor a directory")
                    .fix("choose another directory"));
        }
        if (RunDirectory.isEmptyRun(real)) {
            return;
        }
        switch (use) {
            case NEW -> throw notEmpty(real);
            case OVERWRITE -> Ownership.requireOwn(real, Manifest.Kind.RUN);
            case RESUME -> requireResumable(real);
        }
    }

    private static SettingsException notEmpty(Path real) throws IOException {
        Optional<Manifest> run = Ownership.manifest(real).filter(manifest -> manifest.kind() == Manifest.Kind.RUN);
        if (run.isEmpty()) {
            return new SettingsException(Problem.of("The output directory is not empty.")
                    .where(real)
                    .expected("an empty directory, or none")
                    .found(Ownership.named(FileTree.list(real), real))
                    .fix("choose another directory"));
        }
        boolean complete = run.get().complete();
        return new SettingsException(Problem.of(
                        complete
                                ? "The output directory is not empty: it holds an earlier run."
                                : "The output directory is not empty: it holds a run that was not completed.")
                .where(real)
                .expected("an empty directory, or none")
                .found(Ownership.named(FileTree.list(real), real))
                .fix(
                        complete
                                ? "choose another directory, or allow overwriting the run"
                                : "resume the run, allow overwriting it, or choose another directory"));
    }

    private static void requireResumable(Path real) throws IOException {
        Optional<Manifest> run = Ownership.manifest(real).filter(manifest -> manifest.kind() == Manifest.Kind.RUN);
        if (run.isEmpty()) {
            throw new SettingsException(Problem.of("There is no run to resume.")
                    .where(real)
                    .expected("the directory of an earlier run, with " + Manifest.FILE)
                    .found(Ownership.named(FileTree.list(real), real))
                    .fix("name the directory of the run, or start a new run in another directory"));
        }
        if (run.get().complete() && !RunDirectory.hasCheckpoints(real)) {
            throw new SettingsException(Problem.of("The run is complete: there is nothing to resume.")
                    .where(real)
                    .expected("a run that was not completed, or has checkpoints")
                    .fix("use what the run gave; or allow overwriting it, and run it again"));
        }
    }
}
