package dev.graft.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that does nothing but write is killed at random moments; what it leaves is always whole. */
@Tag("slow")
class AtomicFilesKillTest {
    private static final int KILLS = Integer.getInteger("kills", 40);
    private static final int PARTS = 4;
    private static final int PART_BYTES = 64 * 1024;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aKillLeavesTheOldOrTheNewAndNeverATornState() throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(7);
        Path file = folder.resolve("file");
        Path directory = folder.resolve("bundle");
        for (int kill = 0; kill < KILLS; kill++) {
            Process writer = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xshare:auto",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Endless.class.getName(),
                            folder.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            // The first byte says that it writes; from there on any moment will do.
            assertThat(writer.getInputStream().read()).isEqualTo('w');
            boolean ended = writer.waitFor(random.nextInt(60), TimeUnit.MILLISECONDS);
            assertThat(ended).isFalse();
            writer.destroyForcibly().waitFor();

            assertWhole(file);
            AtomicFiles.recover(directory);
            byte first = Files.readAllBytes(directory.resolve("part0"))[0];
            for (int part = 0; part < PARTS; part++) {
                assertThat(assertWhole(directory.resolve("part" + part))).isEqualTo(first);
            }
        }
    }

    private static byte assertWhole(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        byte[] whole = new byte[PART_BYTES];
        Arrays.fill(whole, content[0]);
        assertThat(content).isEqualTo(whole);
        return content[0];
    }

    /** Replaces a file and a directory for ever, each time filled with another byte. */
    static final class Endless {
        private Endless() {}

        public static void main(String[] arguments) {
            Path folder = Path.of(arguments[0]);
            byte[] content = new byte[PART_BYTES];
            for (int round = 0; true; round++) {
                Arrays.fill(content, (byte) round);
                AtomicFiles.write(folder.resolve("file"), content);
                AtomicFiles.writeDirectory(folder.resolve("bundle"), Manifest.Kind.BUNDLE, true, into -> {
                    for (int part = 0; part < PARTS; part++) {
                        into.write("part" + part, content);
                    }
                });
                if (round == 0) {
                    System.out.print('w');
                    System.out.flush();
                }
            }
        }
    }
}
