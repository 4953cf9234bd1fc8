package dev.graft.report;

import dev.graft.error.Reason;
import dev.graft.storage.ListedFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a report on a thread of its own, and lets nothing that goes wrong there, or never ends, harm the run. */
final class GuardedReport {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedReport.class);
    private static final int NAMED = 3;

    private GuardedReport() {}

    /**
     * Writes what can be written within the time.
     *
     * @return what is missing and why; empty if all is there
     */
    static List<String> write(Path directory, Supplier<ReportFiles> plan, Duration longest) {
        ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
            // What never ends must not keep the process.
            Thread daemon = new Thread(task, "graft-report");
            daemon.setDaemon(true);
            return daemon;
        });
        long end = System.nanoTime() + longest.toNanos();
        Set<String> missing = new TreeSet<>(Set.of("report.html"));
        try {
            ReportFiles files = await(thread, plan::get, end);
            missing.addAll(files.names());
            Set<String> written = new ConcurrentSkipListSet<>();
            try (ListedFiles listed = ListedFiles.of(directory, files.names())) {
                await(
                        thread,
                        () -> {
                            files.write((name, content) -> {
                                listed.write(name, content);
                                written.add(name);
                            });
                            return true;
                        },
                        end);
            } finally {
                missing.removeAll(written);
            }
            return List.of();
        } catch (TimeoutException e) {
            return told(missing, "it took longer than " + longest.toSeconds() + " seconds");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return told(missing, "it was interrupted");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            LOG.debug("A report failed", cause);
            return told(missing, Reason.of(cause));
        } catch (RuntimeException | OutOfMemoryError e) {
            LOG.debug("A report failed", e);
            return told(missing, Reason.of(e));
        } finally {
            thread.shutdownNow();
        }
    }

    private static <T> T await(ExecutorService thread, Callable<T> work, long end)
            throws InterruptedException, ExecutionException, TimeoutException {
        return thread.submit(work).get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    private static List<String> told(Set<String> missing, String why) {
        List<String> names = new ArrayList<>(missing);
        names.sort((a, b) -> Boolean.compare(b.equals("report.html"), a.equals("report.html")));
        String first = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        String more = names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "";
        return List.of("The report is not complete, but the model and its numbers are: " + first + more
                + (names.size() == 1 ? " is" : " are") + " missing, since " + why);
    }
}
