package dev.graft.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import picocli.CommandLine.ITypeConverter;

/**
 * The values that an option can have. Each nested class is one to name in {@code @Option(converter = …)}, so that a wrong
 * value ends the command with {@link ExitCode#WRONG_USAGE} before anything runs.
 */
abstract class Range<T> implements ITypeConverter<T> {
    private final String expected;
    private final Function<String, T> parse;
    private final Predicate<T> inside;

    private Range(String expected, Function<String, T> parse, Predicate<T> inside) {
        this.expected = expected;
        this.parse = parse;
        this.inside = inside;
    }

    @Override
    public final T convert(String text) {
        T value;
        try {
            value = parse.apply(text.strip());
        } catch (NumberFormatException e) {
            throw new OutOfRange(expected, text.isBlank() ? "nothing" : text, meant(text));
        }
        if (!inside.test(value)) {
            throw new OutOfRange(expected, text);
        }
        return value;
    }

    /** The number that was written with a decimal comma, if it may be given. */
    private List<String> meant(String text) {
        String number = text.strip().replace(',', '.');
        try {
            return number.equals(text) || !inside.test(parse.apply(number)) ? List.of() : List.of(number);
        } catch (NumberFormatException e) {
            return List.of();
        }
    }

    /** A number as people write one: without the suffixes and the hexadecimal digits of Java, and never NaN. */
    private static Double decimal(String text) {
        return new BigDecimal(text).doubleValue();
    }

    /** 1, 2, 3…: epochs, batch sizes, numbers of seeds or of samples. */
    static final class PositiveInt extends Range<Integer> {
        PositiveInt() {
            super("a whole number, 1 or more", Integer::valueOf, value -> value >= 1);
        }
    }

    /** 0, 1, 2…: counts where none is meaningful, such as warm-up epochs. */
    static final class NonNegativeInt extends Range<Integer> {
        NonNegativeInt() {
            super("a whole number, 0 or more", Integer::valueOf, value -> value >= 0);
        }
    }

    /** Ports, and 0 for any that is free. */
    static final class Port extends Range<Integer> {
        Port() {
            super("a whole number from 0 to 65535", Integer::valueOf, value -> value >= 0 && value <= 65535);
        }
    }

    /** Any whole number of 64 bits. */
    static final class Seed extends Range<Long> {
        Seed() {
            super("a whole number", Long::valueOf, value -> true);
        }
    }

    /** Above 0 and at most 1, as every optimiser here needs. */
    static final class LearningRate extends Range<Double> {
        LearningRate() {
            super("a number above 0 and at most 1", Range::decimal, value -> value > 0 && value <= 1);
        }
    }

    /** 0 or more, and finite: weight decay. */
    static final class NonNegativeNumber extends Range<Double> {
        NonNegativeNumber() {
            super("a number, 0 or more", Range::decimal, value -> value >= 0 && value <= Double.MAX_VALUE);
        }
    }

    /** Between 0 and 1, both left out: parts of the data, confidence levels. */
    static final class Fraction extends Range<Double> {
        Fraction() {
            super("a number above 0 and below 1", Range::decimal, value -> value > 0 && value < 1);
        }
    }

    /** From 0 to below 1: dropout. */
    static final class DropoutRate extends Range<Double> {
        DropoutRate() {
            super("a number from 0 to below 1", Range::decimal, value -> value >= 0 && value < 1);
        }
    }

    /** Seconds, minutes or hours: 30s, 5m, 1h; a bare number is seconds. */
    static final class Budget extends Range<Duration> {
        Budget() {
            super("a time such as 30s, 5m or 1h", Budget::parse, value -> !value.isZero());
        }

        private static Duration parse(String text) {
            String number = text.matches(".*[smh]") ? text.substring(0, text.length() - 1) : text;
            long amount = Long.parseLong(number);
            if (amount < 0 || amount > 1_000_000) {
                throw new NumberFormatException(text);
            }
            return text.endsWith("h")
                    ? Duration.ofHours(amount)
                    : text.endsWith("m") ? Duration.ofMinutes(amount) : Duration.ofSeconds(amount);
        }
    }
}
