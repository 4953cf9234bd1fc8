package dev.graft.data;

import dev.graft.targets.Targets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Examples of one content that occur where each should occur once: in training data and in the data that judges it, or under
 * two labels. They are told and kept: which of them is meant, only people know.
 */
public final class RepeatedExamples {
    private static final Logger LOG = LoggerFactory.getLogger(RepeatedExamples.class);
    private static final int CAPTION = 60;

    private final Map<String, Place> training = new HashMap<>();
    private final Map<String, Place> first = new LinkedHashMap<>();
    private final Map<String, Place> contradicted = new LinkedHashMap<>();
    private final List<String> sentences = new ArrayList<>();

    private RepeatedExamples() {}

    /** Where a content was seen. */
    private record Place(LabeledExamples data, Targets targets, int index) {
        String label() {
            return targets.describe(index);
        }

        String shown() {
            String caption = data.caption(index);
            String text = caption == null ? "example " + index : caption.strip();
            return "'" + (text.length() <= CAPTION ? text : text.substring(0, CAPTION - 1) + "…") + "'";
        }
    }

    /**
     * Logs what is repeated, a line for each kind of repetition.
     *
     * @param validation what is chosen by; null if nothing is
     * @param test what is judged by; null if nothing is
     */
    public static void say(
            LabeledExamples train, @Nullable LabeledExamples validation, @Nullable LabeledExamples test) {
        sentences(train, validation, test).forEach(sentence -> LOG.warn("{}: {}", train.name(), sentence));
    }

    /**
     * What is repeated, a sentence for each kind of repetition; none where nothing is, or where contents are not known.
     *
     * @param validation what is chosen by; null if nothing is
     * @param test what is judged by; null if nothing is
     */
    public static List<String> sentences(
            LabeledExamples train, @Nullable LabeledExamples validation, @Nullable LabeledExamples test) {
        RepeatedExamples repeated = new RepeatedExamples();
        repeated.look(train, null);
        if (validation != null) {
            repeated.look(validation, "validation");
        }
        if (test != null) {
            repeated.look(test, "test");
        }
        repeated.sayContradictions();
        return repeated.sentences;
    }

    /** Looks at one part; {@code judging} is what it is called if it judges the training part. */
    private void look(LabeledExamples data, @Nullable String judging) {
        Targets targets = data.targets();
        int shared = 0;
        String example = "";
        for (int i = 0; i < data.size(); i++) {
            String content = data.content(i);
            if (content == null) {
                return;
            }
            Place place = new Place(data, targets, i);
            Place before = first.putIfAbsent(content, place);
            if (before != null && !before.label().equals(place.label())) {
                contradicted.putIfAbsent(content, place);
            }
            if (judging == null) {
                training.putIfAbsent(content, place);
                continue;
            }
            Place trained = training.get(content);
            if (trained != null) {
                example = shared == 0 ? place.shown() + " and " + trained.shown() : example;
                shared++;
            }
        }
        if (shared > 0) {
            sentences.add(shared + " of " + data.size() + " " + judging + " examples are training examples too, "
                    + alike(data) + ", such as " + example + ": the " + judging + " accuracy is flattered");
        }
    }

    private void sayContradictions() {
        contradicted.entrySet().stream().findFirst().ifPresent(one -> {
            Place second = one.getValue();
            Place before = first.getOrDefault(one.getKey(), second);
            int count = contradicted.size();
            sentences.add(count + (count == 1 ? " example occurs" : " examples occur") + " under two labels, "
                    + alike(second.data()) + ", such as " + before.shown() + " as " + before.label() + " and "
                    + second.shown() + " as " + second.label());
        });
    }

    private static String alike(LabeledExamples data) {
        return data instanceof LabeledTexts
                ? "word for word"
                : data instanceof LabeledItems ? "value for value" : "byte for byte";
    }
}
