package dev.graft.serve;

import dev.graft.error.Problem;
import dev.graft.error.VisibleText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;

/** Reads pictures from a form of several parts, as browsers send files. Nothing is written to the disk. */
final class MultipartBody {
    private static final int HEADER_BYTES = 4096;
    private static final int NAME_CHARACTERS = 200;

    private MultipartBody() {}

    /**
     * Reads pictures: every part is one, whatever it is called.
     *
     * @param contentType the header, with the boundary
     * @throws Refusal if it is not of this form, or holds too many parts or none
     */
    static Examples.Pictures read(byte[] body, String contentType, int mostExamples) {
        String boundary = MultiPart.extractBoundary(contentType);
        if (boundary == null) {
            throw malformed("no boundary in the header Content-Type");
        }
        MultiPartFormData.Parser parser = new MultiPartFormData.Parser(boundary);
        parser.setMaxParts(mostExamples);
        parser.setMaxLength(-1);
        parser.setMaxFileSize(-1);
        parser.setMaxMemoryFileSize(-1);
        parser.setPartHeadersMaxLength(HEADER_BYTES);
        // The whole content is there already: nothing is waited for.
        CompletableFuture<MultiPartFormData.Parts> parsed = new CompletableFuture<>();
        parser.parse(Content.Source.from(ByteBuffer.wrap(body)), Promise.Invocable.toPromise(parsed));
        try (MultiPartFormData.Parts parts = parsed.join()) {
            List<Examples.Picture> pictures = new ArrayList<>();
            for (MultiPart.Part part : parts) {
                pictures.add(new Examples.Picture(name(part.getFileName()), content(part)));
            }
            if (pictures.isEmpty()) {
                throw malformed("no part");
            }
            return new Examples.Pictures(pictures);
        } catch (CompletionException e) {
            if (count(body, boundary) > mostExamples) {
                JsonBody.requireRoom(mostExamples, mostExamples);
            }
            throw malformed("parts that cannot be told apart");
        }
    }

    private static byte[] content(MultiPart.Part part) {
        try {
            ByteBuffer content = Content.Source.asByteBuffer(part.getContentSource());
            return BufferUtil.toArray(content);
        } catch (IOException e) {
            throw malformed("a part that cannot be read");
        }
    }

    private static @Nullable String name(@Nullable String fileName) {
        return fileName == null || fileName.isEmpty()
                ? null
                : VisibleText.line(fileName.substring(0, Math.min(NAME_CHARACTERS, fileName.length())));
    }

    /** How many parts there are, if their boundaries are whole. */
    private static int count(byte[] body, String boundary) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        int count = -1;
        for (int at = text.indexOf("--" + boundary); at >= 0; at = text.indexOf("--" + boundary, at + 1)) {
            count++;
        }
        return count;
    }

    private static Refusal malformed(String found) {
        return new Refusal(
                400,
                Problem.of("The form cannot be read.")
                        .where("body")
                        .expected("multipart/form-data with a picture's file in each part")
                        .found(found)
                        .fix("let the program that sends it make header and boundary"));
    }
}
