package dev.graft.result;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The stages of a cut for people to read: their names where they are few, else how many they are. */
public final class StageNames {
    private static final int LISTED = 4;
    private static final String AND = " and ";

    private StageNames() {}

    /**
     * Such as {@code stage1+stage2}, {@code 9 stages from stem to head}, or of branches {@code photo/conv1 and title/pooled}.
     *
     * @param joined the names as results hold them, joined by {@code +}; those of several branches by {@code and}
     */
    public static String shown(String joined) {
        return Stream.of(joined.split(AND, -1)).map(StageNames::ofBranch).collect(Collectors.joining(AND));
    }

    private static String ofBranch(String joined) {
        int slash = joined.indexOf('/') + 1;
        List<String> stages = List.of(joined.substring(slash).split("\\+", -1));
        return stages.size() <= LISTED
                ? joined
                : joined.substring(0, slash) + stages.size() + " stages from " + stages.get(0) + " to "
                        + stages.get(stages.size() - 1);
    }
}
