package dev.graft.bundle;

import dev.graft.weights.FloatTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Safetensors files of 16-bit numbers, which Graft reads and does not write. */
final class HalfPrecision {
    private static final short NAN_F16 = (short) 0x7e01;
    private static final short NAN_BF16 = (short) 0x7fc1;

    private HalfPrecision() {}

    /** Zeros in the given shapes, but for one value of one tensor, which is no number. */
    static byte[] file(Map<String, FloatTensor> tensors, String type, String broken) {
        StringBuilder header = new StringBuilder("{");
        int[] offset = {0};
        header.append(tensors.entrySet().stream()
                .map(tensor -> {
                    int begin = offset[0];
                    offset[0] += 2 * tensor.getValue().values().length;
                    return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                            .formatted(
                                    tensor.getKey(),
                                    type,
                                    Arrays.toString(tensor.getValue().shape()),
                                    begin,
                                    offset[0]);
                })
                .collect(Collectors.joining(",")));
        byte[] json = header.append("}").toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + json.length + offset[0]).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(json.length).put(json);
        int at = 8 + json.length;
        for (Map.Entry<String, FloatTensor> tensor : tensors.entrySet()) {
            if (tensor.getKey().equals(broken)) {
                file.putShort(at, type.equals("F16") ? NAN_F16 : NAN_BF16);
            }
            at += 2 * tensor.getValue().values().length;
        }
        return file.array();
    }
}
