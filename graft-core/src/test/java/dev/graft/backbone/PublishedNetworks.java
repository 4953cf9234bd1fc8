package dev.graft.backbone;

import dev.graft.image.Preprocessing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The networks of the reference files in {@code reference/backbones}. */
public final class PublishedNetworks {
    private static final List<EfficientNet.Run> NARROW_RUNS = List.of(
            new EfficientNet.Run(1, 3, 8, 1, 1),
            new EfficientNet.Run(2, 5, 16, 2, 2),
            new EfficientNet.Run(3, 3, 24, 2, 2));
    private static final Preprocessing SMALL =
            new Preprocessing(40, 24, 3, Collections.nCopies(3, 0.5f), Collections.nCopies(3, 0.25f));
    private static final int CLASSES = 5;

    private PublishedNetworks() {}

    /** A narrow network of one family, from the code that builds the whole ones. */
    public static Architecture narrow(String family) {
        return switch (family) {
            case "resnet-basic" ->
                ResNet.build(family, SMALL, false, List.of(4, 8, 8, 16), List.of(2, 1, 1, 1), CLASSES);
            case "resnet-bottleneck" ->
                ResNet.build(family, SMALL, true, List.of(2, 4, 4, 8), List.of(2, 1, 1, 1), CLASSES);
            case "mobilenet" ->
                MobileNetV2.build(
                        family,
                        SMALL,
                        8,
                        List.of(
                                new MobileNetV2.Run(1, 8, 1, 1),
                                new MobileNetV2.Run(2, 12, 2, 2),
                                new MobileNetV2.Run(3, 16, 2, 2)),
                        40,
                        CLASSES);
            case "efficientnet" -> EfficientNet.build(family, SMALL, 8, NARROW_RUNS, 40, CLASSES);
            case "efficientnet-lite" -> EfficientNetLite.tensorFlow(family, SMALL, 8, NARROW_RUNS, 40, CLASSES);
            case "convnext" -> ConvNext.build(family, SMALL, List.of(8, 12, 16), List.of(2, 1, 1), CLASSES);
            default -> throw new IllegalArgumentException(family);
        };
    }

    /** The shapes by name of a library's network, counters included, with no axes. */
    public static Map<String, long[]> shapes(String library, String network) {
        String path = "/reference/backbones/" + library + "-" + network + ".txt";
        Map<String, long[]> shapes = new LinkedHashMap<>();
        try (InputStream in = Objects.requireNonNull(PublishedNetworks.class.getResourceAsStream(path), path)) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                String[] parts = line.split(" ", -1);
                long[] shape = parts.length == 1
                        ? new long[0]
                        : Arrays.stream(parts[1].split(",", -1))
                                .mapToLong(Long::parseLong)
                                .toArray();
                shapes.put(parts[0], shape);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return shapes;
    }
}
