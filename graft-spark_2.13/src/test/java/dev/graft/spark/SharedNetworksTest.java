package dev.graft.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedNetworksTest {
    private final SharedNetworks networks = new SharedNetworks(1_000_000);
    private final AtomicInteger loaded = new AtomicInteger();

    private static final class Network implements AutoCloseable {
        private boolean closed;

        @Override
        public void close() {
            assertThat(closed).isFalse();
            closed = true;
        }
    }

    private Network load() {
        loaded.incrementAndGet();
        return new Network();
    }

    @Test
    void tasksOfOneProcessShareANetwork() throws Exception {
        ExecutorService tasks = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> all = tasks.invokeAll(IntStream.range(0, 100)
                    .<Callable<Boolean>>mapToObj(i -> () -> {
                        try (SharedNetworks.Lease<Network> lease = networks.lease("a", Network.class, this::load)) {
                            return !lease.network().closed;
                        }
                    })
                    .toList());
            for (Future<Boolean> one : all) {
                assertThat(one.get()).isTrue();
            }
        } finally {
            tasks.shutdown();
        }
        assertThat(loaded).hasValue(1);
    }

    @Test
    void anotherNetworkTakesThePlaceOfOneThatNobodyUses() {
        SharedNetworks.Lease<Network> first = networks.lease("a", Network.class, this::load);
        SharedNetworks.Lease<Network> second = networks.lease("b", Network.class, this::load);
        assertThat(first.network().closed).isFalse();
        first.close();
        first.close();
        try (SharedNetworks.Lease<Network> third = networks.lease("c", Network.class, this::load)) {
            assertThat(third.network().closed).isFalse();
            assertThat(first.network().closed).isTrue();
            assertThat(second.network().closed).isFalse();
            assertThat(networks.size()).isEqualTo(2);
        }
        second.close();
    }

    @Test
    void aNetworkThatDoesNotLoadIsTriedAgain() {
        assertThatThrownBy(() -> networks.lease("a", Network.class, () -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        try (SharedNetworks.Lease<Network> lease = networks.lease("a", Network.class, this::load)) {
            assertThat(lease.network().closed).isFalse();
        }
    }

    @Test
    void whatNobodyUsesIsClosedAfterAWhile() throws Exception {
        SharedNetworks brief = new SharedNetworks(1);
        brief.lease("a", Network.class, this::load).close();
        for (int i = 0; i < 1000 && brief.size() > 0; i++) {
            Thread.sleep(10);
        }
        assertThat(brief.size()).isZero();
    }
}
