package dev.graft.weights;

import dev.graft.error.Problem;
import dev.graft.error.WeightsFileException;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks that the tensors' ranges have the sizes they should and tile the data area: no overlap, no hole, no rest. */
final class DataLayout {
    private final ByteSource source;
    private final long dataBegin;
    private final long dataBytes;

    DataLayout(ByteSource source, long dataBegin) {
        this.source = source;
        this.dataBegin = dataBegin;
        this.dataBytes = source.size() - dataBegin;
    }

    /** The tensors in the order of their data. */
    Map<String, TensorInfo> check(Collection<TensorInfo> tensors) {
        List<TensorInfo> ordered = tensors.stream()
                .sorted(Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end))
                .toList();
        Map<String, TensorInfo> byName = new LinkedHashMap<>();
        long covered = 0;
        for (TensorInfo tensor : ordered) {
            checkSize(tensor);
            if (tensor.begin() < covered) {
                throw refusal(tensor, "two tensors share the same bytes", covered, tensor.begin());
            }
            if (tensor.begin() > covered) {
                throw refusal(tensor, "there is a hole of bytes that belong to no tensor", covered, tensor.begin());
            }
            covered = tensor.end();
            byName.put(tensor.name(), tensor);
        }
        if (covered < dataBytes) {
            throw new WeightsFileException(source.problem("bytes follow the last tensor")
                    .where("byte " + (dataBegin + covered))
                    .expected("the end of the file")
                    .found(dataBytes - covered + " more bytes")
                    .fix("download the file again, or write it again with the safetensors library"));
        }
        return byName;
    }

    private void checkSize(TensorInfo tensor) {
        long expected;
        try {
            expected = Math.multiplyExact(tensor.elements(), tensor.type().bytes());
        } catch (ArithmeticException e) {
            throw new WeightsFileException(
                    at(tensor, "a tensor's size is beyond 63 bits")
                            .expected("a shape whose bytes fit in the file of " + source.size() + " bytes")
                            .found(tensor.type() + " " + Shapes.text(tensor.shape()))
                            .fix("the header is damaged or made to do harm: get the file from a source you trust"),
                    e);
        }
        if (tensor.end() - tensor.begin() != expected) {
            throw new WeightsFileException(at(tensor, "a tensor's shape and type do not match its bytes")
                    .expected(expected + " bytes for " + tensor.type() + " " + Shapes.text(tensor.shape()))
                    .found(tensor.end() - tensor.begin() + " bytes, from " + tensor.begin() + " to " + tensor.end())
                    .fix("the header is damaged: download the file again"));
        }
        if (tensor.end() > dataBytes) {
            throw new WeightsFileException(at(tensor, "the file is cut short: a tensor goes past its end")
                    .expected("at least " + Long.toUnsignedString(dataBegin + tensor.end()) + " bytes")
                    .found(source.size() + " bytes")
                    .fix("download or copy the file again"));
        }
    }

    private WeightsFileException refusal(TensorInfo tensor, String rule, long expected, long found) {
        return new WeightsFileException(at(tensor, rule)
                .expected("data that begins at offset " + expected + ", where the tensor before it ends")
                .found("offset " + found)
                .fix("the header is damaged: download the file again"));
    }

    private Problem at(TensorInfo tensor, String rule) {
        // A begin near the largest long wraps here; the message then shows it as the unsigned number it is.
        return source.problem(rule)
                .with("tensor", Names.quote(tensor.name()))
                .where("byte " + Long.toUnsignedString(dataBegin + tensor.begin()));
    }
}
