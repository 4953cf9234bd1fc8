package dev.graft.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the hub says about a revision of a model.
 *
 * @param commit the commit that the revision means
 * @param files the paths of its files
 */
record HubListing(String commit, List<String> files) {
    private static final int BODY_BYTES = 16 * 1024 * 1024;
    private static final String EXPECTED = "a JSON object with \"sha\" and \"siblings\"";

    HubListing {
        files = List.copyOf(files);
    }

    /** Asks the hub. */
    static HubListing ask(HubHttp http, URI address, HubProblems problems) {
        return http.retrying(address, problems, () -> {
            HttpResponse<InputStream> response = http.send("GET", address, null, problems);
            try (InputStream body = new StallGuard(response.body(), http.limit())) {
                if (response.statusCode() != 200) {
                    throw problems.refused(address, response.statusCode(), response.headers());
                }
                return parse(body, address, problems);
            }
        });
    }

    static HubListing parse(InputStream body, URI address, HubProblems problems) throws IOException {
        byte[] content = body.readNBytes(BODY_BYTES + 1);
        if (content.length > BODY_BYTES) {
            throw problems.malformed(address, "at most " + BODY_BYTES + " bytes", "more");
        }
        try {
            JsonNode root = JsonMapper.shared().readTree(content);
            String commit = root.path("sha").asString("");
            if (!HubId.isCommit(commit)) {
                throw problems.malformed(address, EXPECTED, "no commit in \"sha\"");
            }
            List<String> files = new ArrayList<>();
            for (JsonNode file : root.path("siblings")) {
                files.add(file.path("rfilename").asString(""));
            }
            return new HubListing(commit, files);
        } catch (JacksonException e) {
            throw problems.malformed(address, EXPECTED, String.valueOf(e.getOriginalMessage()));
        }
    }
}
