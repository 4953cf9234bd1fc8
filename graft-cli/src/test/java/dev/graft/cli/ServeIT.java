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

    @Test
    void toBeAskedToEndIsHowItEndsWell() throws IOException, InterruptedException {
        Path bundle = folder.resolve("digits");
        Bundle.write(bundle, Backbones.load("digits-cnn"), false);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dai.djl.offline=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Graft.class.getName(),
                        "serve",
                        "mine=" + bundle,
                        "--port",
                        "0")
                .redirectError(folder.resolve("messages").toFile())
                .start();
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).startsWith("Serving mine at http://127.0.0.1:");
            process.destroy();

            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isEqualTo(ExitCode.DONE);
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
