package dev.graft.cli;

import dev.graft.backbone.Architectures;
import dev.graft.image.Augmentation;
import dev.graft.optimization.Balance;
import dev.graft.optimization.NumberLoss;
import dev.graft.optimization.Schedule;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import picocli.CommandLine.ITypeConverter;

/**
 * Options whose value is one of a few names. Each nested class is one to name in {@code @Option(converter = …)}; another
 * name is refused with all that there are, and the nearest.
 */
final class NamedValue {
    private NamedValue() {}

    /** A learning rate's schedule, in any case, with {@code -} or {@code _}. */
    static final class ScheduleName implements ITypeConverter<Schedule> {
        @Override
        public Schedule convert(String text) {
            String typed = text.strip().toUpperCase(Locale.ROOT).replace('-', '_');
            return Arrays.stream(Schedule.values())
                    .filter(schedule -> schedule.name().equals(typed))
                    .findFirst()
                    .orElseThrow(() -> unknown(
                            text,
                            Arrays.stream(Schedule.values())
                                    .map(schedule -> schedule.name().toLowerCase(Locale.ROOT))
                                    .toList()));
        }
    }

    /** The name of a set of random changes to training images. */
    static final class AugmentationName implements ITypeConverter<String> {
        private static final Map<String, Augmentation> ALL = new TreeMap<>(Map.of(
                "none", Augmentation.none(),
                "flip-shift", Augmentation.flipAndShift(),
                "photographs", Augmentation.photographs()));

        /** The changes of that name. */
        static Augmentation of(String name) {
            return Objects.requireNonNull(ALL.get(name));
        }

        @Override
        public String convert(String text) {
            if (!ALL.containsKey(text)) {
                throw unknown(text, List.copyOf(ALL.keySet()));
            }
            return text;
        }
    }

    /** What to do about small classes. */
    static final class BalanceName implements ITypeConverter<Balance> {
        @Override
        public Balance convert(String text) {
            return Arrays.stream(Balance.values())
                    .filter(balance -> name(balance).equals(text))
                    .findFirst()
                    .orElseThrow(() -> unknown(
                            text,
                            Arrays.stream(Balance.values())
                                    .map(BalanceName::name)
                                    .toList()));
        }

        private static String name(Balance balance) {
            return balance.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What the error of a number costs. */
    static final class NumberLossName implements ITypeConverter<NumberLoss> {
        @Override
        public NumberLoss convert(String text) {
            return Arrays.stream(NumberLoss.values())
                    .filter(loss -> name(loss).equals(text))
                    .findFirst()
                    .orElseThrow(() -> unknown(
                            text,
                            Arrays.stream(NumberLoss.values())
                                    .map(NumberLossName::name)
                                    .toList()));
        }

        private static String name(NumberLoss loss) {
            return loss.name().toLowerCase(Locale.ROOT);
        }
    }

    /** The encoding of a file of text. */
    static final class Encoding implements ITypeConverter<Charset> {
        @Override
        public Charset convert(String text) {
            try {
                return Charset.forName(text.strip());
            } catch (IllegalArgumentException e) {
                throw new OutOfRange(
                        "the name of an encoding, such as UTF-8, GB18030 or windows-1252",
                        text.isBlank() ? "nothing" : text);
            }
        }
    }

    /** A format to export to. */
    static final class ExportFormat implements ITypeConverter<ExportCommand.Format> {
        @Override
        public ExportCommand.Format convert(String text) {
            if (!text.equals("onnx")) {
                throw unknown(text, List.of("onnx"));
            }
            return ExportCommand.Format.ONNX;
        }
    }

    /** The id of an architecture. */
    static final class ArchitectureId implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            if (!Architectures.ids().contains(text)) {
                throw unknown(text, Architectures.ids());
            }
            return text;
        }
    }

    private static OutOfRange unknown(String text, List<String> names) {
        return new OutOfRange(
                (names.size() == 1 ? "" : "one of ") + String.join(", ", names),
                text.isEmpty() ? "nothing" : text,
                Nearest.to(text, names));
    }
}
