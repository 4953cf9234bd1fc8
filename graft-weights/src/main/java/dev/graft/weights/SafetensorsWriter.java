package dev.graft.weights;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.storage.AtomicFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes float32 tensors as safetensors.
 *
 * <p>Equal input gives equal bytes: tensors keep the order of the set, metadata is sorted by key, and the header is
 * padded with spaces so that the data begins at a multiple of 8. Thread-safe.
 */
public final class SafetensorsWriter {
    private static final int CHUNK_FLOATS = 64 * 1024;

    private SafetensorsWriter() {}

    /**
     * Writes a file in one step: into a temporary file beside the target, synced, then renamed. On any failure the
     * target is as it was.
     *
     * @param target the file to write or replace; missing parent directories are made
     * @param metadata text about the weights, empty for none
     * @throws SettingsException if a name or the metadata is beyond what the format or its reader takes
     * @throws dev.graft.error.StorageException if the file system refuses
     */
    public static void write(Path target, WeightSet tensors, Map<String, String> metadata) {
        ByteBuffer header = header(tensors, metadata);
        AtomicFiles.stream(target, stream -> writeTo(stream, header, tensors));
    }

    /**
     * Writes the bytes that {@link #write} puts in a file, without a copy of them in memory.
     *
     * @param stream where to; is left open
     * @throws SettingsException if a name or the metadata is beyond what the format or its reader takes
     * @throws IOException if the stream refuses
     */
    public static void writeTo(OutputStream stream, WeightSet tensors, Map<String, String> metadata)
            throws IOException {
        writeTo(stream, header(tensors, metadata), tensors);
    }

    /**
     * The bytes that {@link #write} puts in a file.
     *
     * @throws SettingsException if a name or the metadata is beyond what the format or its reader takes, or the whole
     *     is larger than a Java array
     */
    public static byte[] toBytes(WeightSet tensors, Map<String, String> metadata) {
        ByteBuffer header = header(tensors, metadata);
        long total = header.remaining() + Float.BYTES * tensors.parameters();
        if (total > Integer.MAX_VALUE - 8) {
            throw new SettingsException(Problem.of("These weights are too large to be one byte array.")
                    .expected("at most " + (Integer.MAX_VALUE - 8) + " bytes")
                    .found(total + " bytes")
                    .fix("write them to a file"));
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) total).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(header);
        for (FloatTensor tensor : tensors.asMap().values()) {
            bytes.asFloatBuffer().put(tensor.values());
            bytes.position(bytes.position() + tensor.values().length * Float.BYTES);
        }
        return bytes.array();
    }

    private static void writeTo(OutputStream stream, ByteBuffer header, WeightSet tensors) throws IOException {
        byte[] first = new byte[header.remaining()];
        header.get(first);
        stream.write(first);
        byte[] bytes = new byte[CHUNK_FLOATS * Float.BYTES];
        ByteBuffer chunk = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (FloatTensor tensor : tensors.asMap().values()) {
            float[] values = tensor.values();
            for (int from = 0; from < values.length; from += CHUNK_FLOATS) {
                int count = Math.min(CHUNK_FLOATS, values.length - from);
                chunk.clear();
                chunk.asFloatBuffer().put(values, from, count);
                stream.write(bytes, 0, count * Float.BYTES);
            }
        }
    }

    /** The length, the JSON and the padding, ready to be read. */
    private static ByteBuffer header(WeightSet tensors, Map<String, String> metadata) {
        check(tensors, metadata);
        byte[] json = json(tensors, metadata);
        int padding = -json.length & 7;
        if ((long) json.length + padding > Limits.HEADER_BYTES) {
            throw refusal("the header is too large", Limits.HEADER_BYTES + " bytes at most", json.length + " bytes");
        }
        ByteBuffer header =
                ByteBuffer.allocate(Long.BYTES + json.length + padding).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(json.length + padding).put(json);
        while (header.hasRemaining()) {
            header.put((byte) ' ');
        }
        return header.flip();
    }

    private static byte[] json(WeightSet tensors, Map<String, String> metadata) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            if (!metadata.isEmpty()) {
                json.writeObjectPropertyStart(SafetensorsHeader.METADATA);
                new TreeMap<>(metadata).forEach(json::writeStringProperty);
                json.writeEndObject();
            }
            long begin = 0;
            for (Map.Entry<String, FloatTensor> entry : tensors.asMap().entrySet()) {
                long[] shape = entry.getValue().shape();
                long end = begin + Float.BYTES * entry.getValue().elements();
                json.writeObjectPropertyStart(entry.getKey());
                json.writeStringProperty("dtype", TensorType.F32.name());
                json.writeName("shape").writeArray(shape, 0, shape.length);
                json.writeName("data_offsets").writeArray(new long[] {begin, end}, 0, 2);
                json.writeEndObject();
                begin = end;
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void check(WeightSet tensors, Map<String, String> metadata) {
        if (tensors.names().size() > Limits.TENSORS) {
            throw refusal(
                    "there are too many tensors",
                    Limits.TENSORS + " at most",
                    String.valueOf(tensors.names().size()));
        }
        for (Map.Entry<String, FloatTensor> entry : tensors.asMap().entrySet()) {
            checkName(entry.getKey());
            int rank = entry.getValue().shape().length;
            if (rank > Limits.RANK) {
                throw refusal("a tensor has too many axes", Limits.RANK + " at most", String.valueOf(rank));
            }
        }
        if (tensors.contains(SafetensorsHeader.METADATA)) {
            throw refusal("a tensor has the name that the format keeps for itself", "another name", "'__metadata__'");
        }
        checkMetadata(metadata);
    }

    private static void checkMetadata(Map<String, String> metadata) {
        long characters = 0;
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            checkName(entry.getKey());
            characters += entry.getValue().length();
            if (!Names.wellFormed(entry.getValue())) {
                throw refusal(
                        "a metadata value is not Unicode text", "text with a UTF-8 form", "half a surrogate pair");
            }
        }
        if (metadata.size() > Limits.METADATA_ENTRIES || characters > Limits.METADATA_CHARACTERS) {
            throw refusal(
                    "the metadata is too large",
                    Limits.METADATA_ENTRIES + " entries and " + Limits.METADATA_CHARACTERS + " characters at most",
                    metadata.size() + " entries and " + characters + " characters");
        }
    }

    private static void checkName(String name) {
        if (name.length() > Limits.NAME_CHARACTERS || !Names.wellFormed(name)) {
            throw refusal(
                    "a name is too long or is not Unicode text",
                    "at most " + Limits.NAME_CHARACTERS + " characters that have a UTF-8 form",
                    Names.quote(name) + " with " + name.length() + " characters");
        }
    }

    private static SettingsException refusal(String rule, String expected, String found) {
        return new SettingsException(Problem.of("Cannot write these weights as safetensors: " + rule + ".")
                .expected(expected)
                .found(found)
                .fix("change the names, the metadata or the split into files"));
    }
}
