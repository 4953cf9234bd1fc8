package dev.graft.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The versions that {@code graft --version} prints: Graft's own, Java's and the system's. */
final class Version implements IVersionProvider {
    private static final String RESOURCE = "version.properties";

    Version() {}

    @Override
    public String[] getVersion() {
        return new String[] {
            "graft " + graft(),
            "java " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")",
            System.getProperty("os.name") + " " + System.getProperty("os.arch")
        };
    }

    /** Graft's version, which the build writes into a resource beside this class. */
    static String graft() {
        try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + RESOURCE + " is missing: the build is not complete");
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
