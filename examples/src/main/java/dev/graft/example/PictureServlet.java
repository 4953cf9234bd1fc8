package dev.graft.example;

import dev.graft.bundle.Bundle;
import dev.graft.data.Image;
import dev.graft.error.ClosedException;
import dev.graft.error.DataException;
import dev.graft.image.Images;
import dev.graft.prediction.Classifier;
import dev.graft.prediction.Prediction;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A service inside a web application: the bytes of a picture in, JSON out. One classifier, which is safe to share, serves the requests
 * of all threads; it holds native memory from {@code init} to {@code destroy}. The directory of the bundle is the init parameter
 * {@code bundle}.
 */
public final class PictureServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final int MOST_BYTES = 16 << 20;
    private static final JsonMapper JSON = new JsonMapper();

    private transient @Nullable Classifier classifier;

    /** Made by the container. */
    public PictureServlet() {}

    /** What is answered: the class, null for none of those it knows, and how sure that is. */
    record Answer(@Nullable String label, double confidence) {}

    @Override
    public void init() throws ServletException {
        String bundle = getInitParameter("bundle");
        if (bundle == null) {
            throw new ServletException("the init parameter bundle is missing: the directory of a bundle");
        }
        classifier = new Classifier(Bundle.read(Path.of(bundle)));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Classifier shared = classifier;
        byte[] content = request.getInputStream().readNBytes(MOST_BYTES + 1);
        if (content.length > MOST_BYTES) {
            refuse(response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "the picture is larger than 16 MiB");
        } else if (shared == null) {
            refuse(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "the service has ended");
        } else {
            answer(shared, content, response);
        }
    }

    private static void answer(Classifier shared, byte[] content, HttpServletResponse response) throws IOException {
        try {
            Image picture = Images.read(content, "the request's body");
            Prediction found = shared.predict(List.of(picture), 1).get(0);
            write(response, new Answer(found.noneOfThese() ? null : found.label(), found.confidence()));
        } catch (DataException e) {
            refuse(response, HttpServletResponse.SC_BAD_REQUEST, e.problem().what());
        } catch (ClosedException e) {
            // The container took the servlet away while this request was under way.
            refuse(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "the service has ended");
        }
    }

    private static void refuse(HttpServletResponse response, int status, String why) throws IOException {
        response.setStatus(status);
        write(response, Map.of("error", why));
    }

    private static void write(HttpServletResponse response, Object answer) throws IOException {
        response.setContentType("application/json");
        response.getOutputStream().write(JSON.writeValueAsBytes(answer));
    }

    @Override
    public void destroy() {
        Classifier last = classifier;
        classifier = null;
        if (last != null) {
            last.close();
        }
    }
}
