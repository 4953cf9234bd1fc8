package dev.graft.optimization;

/** How the learning rate changes over a phase, as a factor of the rate that was set. */
public enum Schedule {
    /** Always 1. */
    CONSTANT {
        @Override
        public double factor(long step, long totalSteps) {
            return 1;
        }
    },
    /** Half a cosine from 1 down to 0 (Loshchilov and Hutter 2017, without restarts). */
    COSINE {
        @Override
        public double factor(long step, long totalSteps) {
            return cosine(1, 0, progress(step, totalSteps));
        }
    },
    /** A cosine up from 1/25 to 1 over the first quarter, then one down to 1e-5 (Smith 2018, as in fastai). */
    ONE_CYCLE {
        @Override
        public double factor(long step, long totalSteps) {
            double progress = progress(step, totalSteps);
            return progress < WARM_UP
                    ? cosine(1.0 / 25, 1, progress / WARM_UP)
                    : cosine(1, 1e-5, (progress - WARM_UP) / (1 - WARM_UP));
        }
    },
    /** Up to 1 over the first tenth, then straight down towards 0: how transformers are fine-tuned (Devlin et al. 2019). */
    LINEAR_WARM_UP {
        @Override
        public double factor(long step, long totalSteps) {
            // Neither the first nor the last step is wasted on a rate of 0.
            long warmUp = Math.max(1, totalSteps / 10);
            return step < warmUp ? (step + 1.0) / warmUp : (double) (totalSteps - step) / (totalSteps - warmUp + 1);
        }
    };

    private static final double WARM_UP = 0.25;

    /**
     * The factor at a step.
     *
     * @param step counted from 0 within the phase
     * @param totalSteps the phase's steps, at least 1
     */
    public abstract double factor(long step, long totalSteps);

    private static double progress(long step, long totalSteps) {
        return totalSteps <= 1 ? 0 : (double) step / (totalSteps - 1);
    }

    private static double cosine(double from, double to, double progress) {
        return to + (from - to) * (1 + Math.cos(Math.PI * progress)) / 2;
    }
}
