package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.bundle.Bundle;
import dev.graft.data.LabeledImages;
import dev.graft.data.Shapes;
import dev.graft.serve.GraftServer;
import dev.graft.source.Backbones;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command, and the server beside {@code graft predict}. */
class ServeIT {
    @TempDir
    private Path folder;

    @Test
    void theServerGivesTheNumbersOfTheCommandToTheLastDigit() throws IOException, InterruptedException {
        Path bundle = folder.resolve("digits");
        Bundle.write(bundle, Backbones.load("digits-cnn"), false);
        LabeledImages drawings = Shapes.draw(3, 5);
        for (int i = 0; i < drawings.size(); i++) {
            Path file = Drawings.png(folder.resolve("p" + i + ".png"), drawings.image(i));
            String said = CommandRun.of("predict", bundle.toString(), file.toString(), "--json")
                    .out();

            try (GraftServer server = GraftServer.serving(bundle).port(0).start()) {
                HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + "/v1/models/digits/predict"))
                        .header("Content-Type", "image/png")
                        .POST(BodyPublishers.ofByteArray(Files.readAllBytes(file)))
                        .build();
                String answered = HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .body();

                String top = said.substring(said.indexOf("\"top\":"), said.indexOf(']'));
                assertThat(top).contains("confidence");
                assertThat(answered).contains(top);
            }
        }
    }

    /** Drawings in a folder for each class. */
    private Path drawings() throws IOException {
        LabeledImages drawings = Shapes.draw(6, 5);
        Path photos = folder.resolve("photos");
        for (int i = 0; i < drawings.size(); i++) {
            String label = drawings.classNames().get(drawings.label(i));
            Drawings.png(Files.createDirectories(photos.resolve(label)).resolve(i + ".png"), drawings.image(i));
        }
        return photos;
    }

    @Test
    void knownExamplesThatCannotBeUsedAreToldBeforeAnythingIsServed() throws IOException {
        String bundle = folder.resolve("digits").toString();
        Bundle.write(Path.of(bundle), Backbones.load("digits-cnn"), false);
        String photos = drawings().toString();
        Path texts = Files.writeString(folder.resolve("texts.csv"), "text,label\ngood,yes\nbad,no\n");

        CommandRun missing = CommandRun.of("serve", bundle, "--examples", photos + "/none");
        assertThat(missing.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(missing.err()).contains("There is nothing at this path.");
        CommandRun unknown = CommandRun.of("serve", bundle, "--examples", "other=" + photos);
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(unknown.err())
                .contains("Known examples belong to no model.")
                .contains("(--examples NAME=DIR|FILE)")
                .contains("digits");
        CommandRun kind = CommandRun.of("serve", bundle, "--examples", texts.toString());
        assertThat(kind.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(kind.err()).contains("The known examples are of another kind than the model takes.");
        Files.writeString(Path.of(photos, "circle", "broken.png"), "no picture");
        CommandRun broken = CommandRun.of("serve", bundle, "--examples", photos);
        assertThat(broken.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(broken.err()).contains("broken.png");
        assertThat(CommandRun.of("serve", bundle, "--skip-bad").exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    }

    @Test
    void toBeAskedToEndIsHowItEndsWell() throws IOException, InterruptedException {
        Path bundle = folder.resolve("digits");
        Bundle.write(bundle, Backbones.load("digits-cnn"), false);
        Path photos = drawings();
        Files.writeString(photos.resolve("circle/broken.png"), "no picture");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dai.djl.offline=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Graft.class.getName(),
                        "serve",
                        "mine=" + bundle,
                        "--examples",
                        "mine=" + photos,
                        "--skip-bad",
                        "--port",
                        "0")
                .redirectError(folder.resolve("messages").toFile())
                .start();
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).startsWith("Serving mine at http://127.0.0.1:");
            process.destroy();

            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isEqualTo(ExitCode.DONE);
            assertThat(folder.resolve("messages"))
                    .content()
                    .contains("1 of 7 files")
                    .contains("model mine: 6 known examples of ");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void addressesThatOthersReachNeedATokenAndPortsARange() {
        CommandRun open = CommandRun.of("serve", folder.toString(), "--host", "0.0.0.0");

        assertThat(open.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(open.err()).contains("(--token TOKEN, or GRAFT_TOKEN in the environment)");
        assertThat(CommandRun.of("serve", folder.toString(), "--port", "65536").exitCode())
                .isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(CommandRun.of("serve", "--no-teaching").exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(CommandRun.of("serve", "a/b=" + folder).exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(CommandRun.of("serve", folder.toString(), "--port", "0").exitCode())
                .isEqualTo(ExitCode.FAILED);
    }
}
