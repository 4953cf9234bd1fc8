package dev.graft.spark;

import dev.graft.error.Problem;
import dev.graft.error.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** A bundle in any file system that Spark reaches, in a directory beside Spark's metadata. */
final class BundleFolder {
    private static final String NAME = "bundle";

    private final Path path;
    private final Configuration configuration;

    BundleFolder(String saved, Configuration configuration) {
        this.path = new Path(saved, NAME);
        this.configuration = configuration;
    }

    void write(NetworkFiles files) {
        try (FileSystem system = open()) {
            // A bundle's files are under its own digests.
            system.setWriteChecksum(false);
            for (Map.Entry<String, byte[]> file : files.files().entrySet()) {
                try (OutputStream stream = system.create(new Path(path, file.getKey()), true)) {
                    stream.write(file.getValue());
                }
            }
        } catch (IOException e) {
            throw refused("A bundle cannot be written.", e);
        }
    }

    NetworkFiles read() {
        Map<String, byte[]> files = new TreeMap<>();
        try (FileSystem system = open()) {
            Path whole = system.makeQualified(path);
            RemoteIterator<LocatedFileStatus> all = system.listFiles(whole, true);
            while (all.hasNext()) {
                Path file = all.next().getPath();
                try (InputStream stream = system.open(file)) {
                    files.put(whole.toUri().relativize(file.toUri()).getPath(), stream.readAllBytes());
                }
            }
        } catch (IOException e) {
            throw refused("A bundle cannot be read.", e);
        }
        return NetworkFiles.of(files);
    }

    /** One of its own, whose settings nobody shares. */
    private FileSystem open() throws IOException {
        return FileSystem.newInstance(path.toUri(), configuration);
    }

    private StorageException refused(String what, IOException e) {
        return new StorageException(Problem.of(what).where(path.toString()).found(e), e);
    }
}
