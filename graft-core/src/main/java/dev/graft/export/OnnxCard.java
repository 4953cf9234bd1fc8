package dev.graft.export;

import dev.graft.data.MarkdownText;
import dev.graft.error.VisibleText;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The README.md beside an exported model: what goes in, what comes out, and the first lines of a program. */
final class OnnxCard {
    private OnnxCard() {}

    static String of(String name, Map<String, String> inputs, Map<String, String> metadata, Set<String> files) {
        String threshold = metadata.get("threshold");
        return """
                # %s

                An ONNX model, operator set 17: %s on %s, by %s.

                | input | |
                |---|---|
                %s

                | output | |
                |---|---|
                | `probabilities` | float32, (batch, classes), in the order of `labels.json`%s%s |

                Beside it: %s. The model's metadata hold the classes, the inputs and where the weights come from.

                ```java
                try (OrtEnvironment environment = OrtEnvironment.getEnvironment();
                        OrtSession session = environment.createSession("model.onnx");
                        OrtSession.Result result = session.run(Map.of(%s))) {
                    float[][] probabilities = (float[][]) result.get("probabilities").orElseThrow().getValue();
                }
                ```

                ```python
                session = onnxruntime.InferenceSession("model.onnx")
                probabilities = session.run(["probabilities"], {%s})[0]
                ```
                """.formatted(
                MarkdownText.of(name),
                MarkdownText.of(String.valueOf(metadata.get("backbone"))),
                MarkdownText.of(String.valueOf(metadata.get("data"))),
                MarkdownText.of(String.valueOf(metadata.get("strategy"))),
                inputs.entrySet().stream()
                        .map(one -> "| " + MarkdownText.code(one.getKey()) + " | " + cell(one.getValue()) + " |")
                        .collect(Collectors.joining("\n")),
                "1.0".equals(metadata.get("temperature")) ? "" : ", calibrated",
                threshold == null ? "" : "; below " + threshold + " it is none of them",
                new TreeSet<>(files).stream().map(MarkdownText::code).collect(Collectors.joining(", ")),
                inputs.keySet().stream()
                        .map(input -> quoted(input) + ", " + variable(input))
                        .collect(Collectors.joining(", ")),
                inputs.keySet().stream()
                        .map(input -> quoted(input) + ": " + variable(input))
                        .collect(Collectors.joining(", ")));
    }

    /** An input's name as programs may write one. */
    private static String variable(String input) {
        return input.replaceAll("[^A-Za-z0-9]", "_").toLowerCase(Locale.ROOT);
    }

    /** As a string in Java and in Python. */
    private static String quoted(String input) {
        return '"' + VisibleText.line(input.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace('\n', ' ');
    }
}
