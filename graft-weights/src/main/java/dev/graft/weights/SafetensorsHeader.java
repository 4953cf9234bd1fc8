package dev.graft.weights;

import dev.graft.error.Problem;
import dev.graft.error.WeightsFileException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The checked header of a safetensors file.
 *
 * @param metadata the text that the file carries about itself, in the file's order
 * @param tensors the tensors in the order of their data
 * @param dataBegin the position of the data area in the file
 */
record SafetensorsHeader(Map<String, String> metadata, Map<String, TensorInfo> tensors, long dataBegin) {
    static final String METADATA = "__metadata__";
    static final int LENGTH_BYTES = Long.BYTES;

    /**
     * Reads and checks the header. When this returns, every tensor's range lies inside the file, has the size that type
     * and shape call for, and the ranges cover the data area without overlap or hole.
     */
    static SafetensorsHeader read(ByteSource source) {
        long dataBegin = LENGTH_BYTES + checkedLength(source);
        long malformed = Utf8.firstMalformed(source, LENGTH_BYTES, dataBegin);
        if (malformed >= 0) {
            throw new WeightsFileException(
                    source.problem("its header is not UTF-8 text")
                            .where("byte " + malformed)
                            .expected("JSON in UTF-8")
                            .fix(
                                    "download the file again; if that does not help, write it again with the safetensors library"));
        }
        HeaderParser parser = new HeaderParser(source, dataBegin);
        parser.parse();
        Map<String, TensorInfo> ordered = new DataLayout(source, dataBegin).check(parser.tensors());
        return new SafetensorsHeader(new LinkedHashMap<>(parser.metadata()), ordered, dataBegin);
    }

    private static long checkedLength(ByteSource source) {
        if (source.size() == 0) {
            throw new WeightsFileException(source.problem("the file is empty")
                    .where("byte 0")
                    .expected("a safetensors file: the length of its header, then '{'")
                    .found("0 bytes")
                    .fix("download or write the file again"));
        }
        if (source.size() <= LENGTH_BYTES) {
            throw foreignOr(
                    source,
                    source.problem("the file is too short to be a safetensors file")
                            .where("byte 0")
                            .expected("the length of its header in 8 bytes, then the header")
                            .found(source.size() + " bytes")
                            .fix("download or write the file again"));
        }
        ByteBuffer start = ByteBuffer.allocate(LENGTH_BYTES + 1).order(ByteOrder.LITTLE_ENDIAN);
        source.read(0, start);
        long length = start.getLong(0);
        long available = source.size() - LENGTH_BYTES;
        if (length < 0 || length > Limits.HEADER_BYTES) {
            throw foreignOr(
                    source,
                    source.problem("its header is too large, or it is not a safetensors file at all")
                            .where("byte 0")
                            .expected("a header length of at most " + Limits.HEADER_BYTES + " bytes")
                            .found(Long.toUnsignedString(length) + " bytes, in a file of " + source.size())
                            .fix("pass a safetensors file"));
        }
        if (length > available) {
            throw foreignOr(
                    source,
                    source.problem("its header goes past the end of the file")
                            .where("byte 0")
                            .expected("a header length of at most " + available + " bytes, the rest of the file")
                            .found(length + " bytes")
                            .fix("the file is cut short or is not a safetensors file: download it again"));
        }
        if (length == 0 || start.get(LENGTH_BYTES) != '{') {
            throw foreignOr(
                    source,
                    source.problem("its header does not begin with '{'")
                            .where("byte " + LENGTH_BYTES)
                            .expected("'{'")
                            .found(
                                    length == 0
                                            ? "a header of 0 bytes"
                                            : "byte value " + (start.get(LENGTH_BYTES) & 0xff))
                            .fix("pass a safetensors file"));
        }
        return length;
    }

    private static WeightsFileException foreignOr(ByteSource source, Problem problem) {
        WeightsFileException foreign = ForeignFormat.recognise(source);
        return foreign != null ? foreign : new WeightsFileException(problem);
    }
}
