package dev.graft.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is really killed, over and over, at random steps of both phases. */
class KilledRunIT {
    private static final int KILLS = 5;
    private static final int EVERY_STEPS = 3;

    @TempDir
    private Path folder = Path.of("");

    @Tag("slow")
    @Test
    void aRunKilledAtRandomStepsEndsInTheBytesOfAnUninterruptedOne() throws IOException, InterruptedException {
        TransferResult whole = ResumeIT.learning().run();
        SplittableRandom random = new SplittableRandom(11);

        for (int kill = 0; kill < KILLS; kill++) {
            killAfter(random.nextInt(4, 9), kill > 0);
        }
        TransferResult resumed = ResumeIT.learning()
                .checkpoints(folder, EVERY_STEPS)
                .resume(true)
                .run();

        assertThat(resumed.weights()).isEqualTo(whole.weights());
        assertThat(resumed.history()).isEqualTo(whole.history());
    }

    private void killAfter(int steps, boolean resume) throws IOException, InterruptedException {
        Path errors = folder.resolve("errors.txt");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        folder.toString(),
                        String.valueOf(resume))
                .redirectError(errors.toFile())
                .start();
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
            for (int step = 1; step <= steps; step++) {
                assertThat(lines.readLine())
                        .as("step " + step + "; the child said: " + Files.readString(errors))
                        .isNotNull();
            }
            assertThat(child.destroyForcibly().waitFor())
                    .as("killed, not ended")
                    .isNotZero();
        }
    }

    /** Trains with checkpoints and prints a line for each step. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) {
            ResumeIT.learning()
                    .checkpoints(Path.of(arguments[0]), EVERY_STEPS)
                    .resume(Boolean.parseBoolean(arguments[1]))
                    .listener(new TrainingListener() {
                        @Override
                        public void stepDone(long step, long steps, double loss) {
                            System.out.println("step " + step + " of " + steps);
                        }
                    })
                    .run();
        }
    }
}
