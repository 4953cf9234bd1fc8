package dev.graft.selection;

/**
 * How many examples there is time for, where each takes some: to learn from, and to watch. What is watched sets how sure the
 * network may be, so that it has its share even where there is little time.
 *
 * @param train examples to learn from
 * @param validation examples to watch
 */
record Portions(int train, int validation) {
    /** Whatever it takes: fewer say nothing. */
    private static final int FEWEST_WATCHED = 50;

    private static final double SHARE_WATCHED = 0.15;

    /**
     * Divides the time.
     *
     * @param whole how many examples there are
     * @param known how many of the training examples take no more time
     * @param affordable how many others there is time for
     */
    static Portions of(Portions whole, int known, double affordable) {
        if (whole.train - known + (double) whole.validation <= affordable) {
            return whole;
        }
        int watched = (int) Math.min(whole.validation, Math.max(FEWEST_WATCHED, SHARE_WATCHED * affordable));
        double left = Math.max(0, affordable - watched);
        int train = (int) Math.min(whole.train, known + left);
        double spare = left - (train - known);
        return new Portions(train, (int) Math.min(whole.validation, watched + spare));
    }
}
