package dev.graft.training;

/** How long a training may still take. */
public interface TimeLimit {
    /** As long as it takes. */
    TimeLimit NONE = new TimeLimit() {
        @Override
        public double left() {
            return Double.POSITIVE_INFINITY;
        }

        @Override
        public void leaveOut(String what) {}
    };

    /** What is left, in seconds; asked again and again while a training goes on. */
    double left();

    /** Is told what was not done for want of time. */
    void leaveOut(String what);
}
