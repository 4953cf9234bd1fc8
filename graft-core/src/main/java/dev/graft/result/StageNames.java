package dev.graft.result;

import java.util.List;

/** The stages of a cut for people to read: their names where they are few, else how many they are. */
public final class StageNames {
    private static final int LISTED = 4;

    private StageNames() {}

    /**
     * Such as {@code stage1+stage2} or {@code 9 stages from stem to head}.
     *
     * @param joined the names as results hold them, joined by {@code +}
     */
    public static String shown(String joined) {
        List<String> stages = List.of(joined.split("\\+", -1));
        return stages.size() <= LISTED
                ? joined
                : stages.size() + " stages from " + stages.get(0) + " to " + stages.get(stages.size() - 1);
    }
}
