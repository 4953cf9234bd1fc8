package dev.graft.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.bundle.Bundle;
import dev.graft.data.Image;
import dev.graft.data.LabeledImages;
import dev.graft.data.Split;
import dev.graft.experiment.TransferLearning;
import dev.graft.image.Images;
import dev.graft.source.Backbones;
import dev.graft.strategy.LinearProbeFineTuning;
import dev.graft.training.TransferResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The servlet in a container, as a web application has it. */
class PictureServletIT {
    private final Random random = new Random(7);
    private final Server container = new Server();
    private final ServerConnector connector = new ServerConnector(container);
    private final ServletHolder holder = new ServletHolder(new PictureServlet());
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder = Path.of(".");

    @BeforeEach
    void start() throws Exception {
        Path bundle = folder.resolve("bundle");
        Bundle.write(bundle, learned().model(), false);
        holder.setInitParameter("bundle", bundle.toString());
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(holder, "/predict");
        container.addConnector(connector);
        container.setHandler(context);
        container.start();
    }

    @AfterEach
    void stop() throws Exception {
        container.stop();
    }

    private TransferResult learned() {
        List<Image> pictures = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            labels.add(i % 2 == 0 ? "cross" : "ring");
            pictures.add(Images.of(DrawnPictures.draw(labels.get(i), random)));
        }
        return TransferLearning.on(LabeledImages.of("shapes", pictures, labels))
                .split(Split.stratified(0.7, 0.1, 0.2))
                .backbone(Backbones.load("cifar-resnet"))
                .strategy(LinearProbeFineTuning.from("stage3"))
                .run();
    }

    private byte[] drawn(String label) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(DrawnPictures.draw(label, random), "png", bytes);
        return bytes.toByteArray();
    }

    private CompletableFuture<HttpResponse<String>> ask(byte[] content) {
        return client.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/predict"))
                        .POST(BodyPublishers.ofByteArray(content))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void manyThreadsShareOneClassifier() throws IOException {
        byte[] ring = drawn("ring");
        byte[] cross = drawn("cross");
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 32)
                .mapToObj(i -> ask(i % 2 == 0 ? ring : cross))
                .toList();

        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).join().statusCode()).isEqualTo(200);
            assertThat(answers.get(i).join().body())
                    .startsWith("{\"label\":\"" + (i % 2 == 0 ? "ring" : "cross") + "\",\"confidence\":0.");
        }
    }

    @Test
    void whatIsNoPictureIsRefusedAndWhatIsTooLargeIsNotRead() {
        HttpResponse<String> text =
                ask("no picture".getBytes(StandardCharsets.UTF_8)).join();

        assertThat(text.statusCode()).isEqualTo(400);
        assertThat(text.body()).isEqualTo("{\"error\":\"A file cannot be decoded as an image.\"}");
        assertThat(ask(new byte[(16 << 20) + 1]).join().statusCode()).isEqualTo(413);
    }

    @Test
    void theClassifierEndsWithTheServlet() throws Exception {
        PictureServlet servlet = (PictureServlet) holder.getServlet();
        byte[] ring = drawn("ring");
        assertThat(ask(ring).join().statusCode()).isEqualTo(200);

        servlet.destroy();

        assertThat(ask(ring).join().statusCode()).isEqualTo(503);
    }
}
