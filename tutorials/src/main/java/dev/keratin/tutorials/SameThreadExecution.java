package dev.keratin.tutorials;

import java.lang.reflect.Method;
import java.util.Map;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.jspecify.annotations.Nullable;

/**
 * Runs JShell snippets in this JVM, all on the thread that evaluates them.
 *
 * <p>JShell's own {@code local} execution makes a thread per snippet, so that what belongs to a thread (an open tape, an
 * OpenMP team) would be lost between two lines. Ctrl-C interrupts the thread.
 */
public final class SameThreadExecution implements ExecutionControlProvider {
    static final String NAME = "keratin";

    /** Made by {@link java.util.ServiceLoader}. */
    public SameThreadExecution() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
        return new Control();
    }

    private static final class Control extends DirectExecutionControl {
        private volatile @Nullable Thread running;

        @Override
        protected String invoke(Method snippet) throws Exception {
            running = Thread.currentThread();
            try {
                return super.invoke(snippet);
            } finally {
                running = null;
                Thread.interrupted();
            }
        }

        @Override
        public void stop() {
            Thread thread = running;
            if (thread != null) {
                thread.interrupt();
            }
        }
    }
}
