package dev.graft.serve;

import dev.graft.error.Excerpt;
import dev.graft.error.Problem;
import java.util.List;

/** Reads the examples in a request's body, whatever form they have. */
final class Bodies {
    private Bodies() {}

    /**
     * The examples.
     *
     * @throws Refusal if the body is of another type, empty, malformed, or holds too many
     */
    static Examples examples(Call call, ServerLimits limits) {
        String type = call.mediaType();
        boolean known = type.equals(Reply.JSON)
                || type.equals("multipart/form-data")
                || type.startsWith("image/")
                || type.equals("application/octet-stream");
        if (!known) {
            throw new Refusal(
                    415,
                    Problem.of("A body of this type is not taken.")
                            .where("header Content-Type")
                            .expected("image/*, application/octet-stream, multipart/form-data or application/json")
                            .found(type.isEmpty() ? "none" : Excerpt.of(type))
                            .fix("say what the body is"));
        }
        if (call.body().length == 0) {
            throw new Refusal(
                    400,
                    Problem.of("The body is empty.")
                            .where("body")
                            .expected("a picture, a form of pictures, or JSON")
                            .found("0 bytes")
                            .fix("send the examples as the request's body"));
        }
        return switch (type) {
            case Reply.JSON -> JsonBody.read(call.body(), limits.examples());
            case "multipart/form-data" -> MultipartBody.read(call.body(), call.contentType(), limits.examples());
            default -> new Examples.Pictures(List.of(new Examples.Picture(null, call.body())));
        };
    }
}
