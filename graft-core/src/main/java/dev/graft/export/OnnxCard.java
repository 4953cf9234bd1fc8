package dev.graft.export;

import dev.graft.data.MarkdownText;
import dev.graft.error.VisibleText;
import dev.graft.targets.LabelSet;
import dev.graft.targets.Numbers;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The README.md beside an exported model: what goes in, what comes out, and the first lines of a program. */
final class OnnxCard {
    private OnnxCard() {}

    static final String PROBABILITIES = "probabilities";
    static final String NUMBERS = "numbers";

    static String of(String name, Map<String, String> inputs, Map<String, String> metadata, Set<String> files) {
        String threshold = metadata.get("threshold");
        String thresholds = metadata.get("thresholds");
        String task = metadata.get("task");
        boolean numbers = Numbers.TASK.equals(task);
        boolean labels = LabelSet.TASK.equals(task);
        String output = numbers ? NUMBERS : PROBABILITIES;
        return """
                # %s

                An ONNX model, operator set 17: %s on %s, by %s.

                | input | |
                |---|---|
                %s

                | output | |
                |---|---|
                | `%s` | float32, (batch, %s), in the order of `labels.json`%s%s |

                Beside it: %s. The model's metadata hold the classes, the inputs and where the weights come from.

                ```java
                try (OrtEnvironment environment = OrtEnvironment.getEnvironment();
                        OrtSession session = environment.createSession("model.onnx");
                        OrtSession.Result result = session.run(Map.of(%s))) {
                    float[][] %s = (float[][]) result.get("%s").orElseThrow().getValue();
                }
                ```

                ```python
                session = onnxruntime.InferenceSession("model.onnx")
                %s = session.run(["%s"], {%s})[0]
                ```
                """.formatted(
                MarkdownText.of(name),
                MarkdownText.of(String.valueOf(metadata.get("backbone"))),
                MarkdownText.of(String.valueOf(metadata.get("data"))),
                MarkdownText.of(String.valueOf(metadata.get("strategy"))),
                inputs.entrySet().stream()
                        .map(one -> "| " + MarkdownText.code(one.getKey()) + " | " + cell(one.getValue()) + " |")
                        .collect(Collectors.joining("\n")),
                output,
                numbers ? "numbers" : labels ? "labels" : "classes",
                numbers || "1.0".equals(metadata.get("temperature")) ? "" : ", calibrated",
                threshold == null
                        ? labels ? "; from " + (thresholds == null ? "0.5 on each" : thresholds + " on") : ""
                        : "; below " + threshold + " it is none of them",
                new TreeSet<>(files).stream().map(MarkdownText::code).collect(Collectors.joining(", ")),
                inputs.keySet().stream()
                        .map(input -> quoted(input) + ", " + variable(input))
                        .collect(Collectors.joining(", ")),
                output,
                output,
                output,
                output,
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
