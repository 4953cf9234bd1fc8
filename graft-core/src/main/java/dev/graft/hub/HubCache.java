package dev.graft.hub;

import dev.graft.data.Environment;
import dev.graft.storage.AtomicFiles;
import dev.graft.weights.InputFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Where one repository's files lie on this machine, in the layout that the hub's own library uses, so that both share
 * what either downloaded.
 *
 * <p>{@code refs} holds the commit of each branch or tag, {@code blobs} the contents under their digests, and
 * {@code snapshots} the files of each commit under their names, as links to the contents.
 *
 * @see <a href="https://huggingface.co/docs/hub/local-cache">The layout</a>
 */
final class HubCache {
    private final Path directory;

    private HubCache(Path directory) {
        this.directory = directory;
    }

    static HubCache of(Environment environment, String repository) {
        return new HubCache(root(environment).resolve("models--" + repository.replace("/", "--")));
    }

    /** {@code HF_HUB_CACHE}, or {@code HF_HOME/hub}, or {@code GRAFT_HOME/hub}, or the hub's own default. */
    static Path root(Environment environment) {
        return environment
                .variable("HF_HUB_CACHE")
                .map(Path::of)
                .or(() -> environment.variable("HF_HOME").map(home -> Path.of(home, "hub")))
                .or(() -> environment.variable("GRAFT_HOME").map(home -> Path.of(home, "hub")))
                .orElseGet(() -> environment.home().resolve(Path.of(".cache", "huggingface", "hub")));
    }

    Path directory() {
        return directory;
    }

    Path ref(String revision) {
        return directory.resolve("refs").resolve(revision);
    }

    Path blob(String etag) {
        return directory.resolve("blobs").resolve(etag);
    }

    Path lock(String etag) {
        return directory.resolve("blobs").resolve("." + etag + ".lock");
    }

    Path snapshot(String commit) {
        return directory.resolve("snapshots").resolve(commit);
    }

    /** The commit that the revision meant when it was last asked for. */
    Optional<String> knownCommit(HubId id) throws IOException {
        if (id.isPinned()) {
            return Optional.of(id.revision());
        }
        Path ref = ref(id.revision());
        if (!Files.isRegularFile(ref) || Files.size(ref) > 100) {
            return Optional.empty();
        }
        return Optional.of(InputFiles.readString(ref).strip()).filter(HubId::isCommit);
    }

    /** A file of a commit, if it is here. */
    Optional<Path> file(String commit, String name) {
        return Optional.of(snapshot(commit).resolve(name)).filter(Files::isRegularFile);
    }

    /** Gives the content of that digest a name in the commit's snapshot. */
    Path link(String commit, String name, String etag) throws IOException {
        Path link = snapshot(commit).resolve(name);
        Path parent = Objects.requireNonNull(link.toAbsolutePath().getParent(), "a snapshot is a directory");
        Files.createDirectories(parent);
        Path blob = blob(etag).toAbsolutePath();
        Path temporary = link.resolveSibling("." + link.getFileName() + "." + UUID.randomUUID());
        try {
            linkOrCopy(temporary, parent.relativize(blob), blob);
            AtomicFiles.rename(temporary, link);
        } finally {
            Files.deleteIfExists(temporary);
        }
        return link;
    }

    /** Some file systems have no symbolic links, and some users not the right to make them. */
    private static void linkOrCopy(Path target, Path relative, Path content) throws IOException {
        try {
            Files.createSymbolicLink(target, relative);
        } catch (UnsupportedOperationException | IOException e) {
            Files.copy(content, target);
        }
    }
}
