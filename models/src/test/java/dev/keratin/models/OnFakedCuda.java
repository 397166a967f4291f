package dev.keratin.models;

import dev.keratin.backend.cuda.FakeCuda;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test of the backend {@code cuda} with a device that is faked on the CPU; left out with {@code -Dkeratin.backend=cuda}, since
 * there is a device then.
 */
@ExtendWith(OnFakedCuda.Condition.class)
public abstract class OnFakedCuda extends OnBackends {
    /** Annotations that say the same would not hold for classes that extend this one. */
    static final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if ("cuda".equals(System.getProperty("keratin.backend"))) {
                return ConditionEvaluationResult.disabled("there is a device");
            }
            return OS.LINUX.isCurrentOs() && System.getProperty("os.arch").equals("amd64")
                    ? ConditionEvaluationResult.enabled("the libraries can be faked")
                    : ConditionEvaluationResult.disabled("libraries are faked on 64-bit x86 Linux only");
        }
    }

    @BeforeAll
    static void fake() {
        FakeCuda.install();
    }

    @AfterAll
    static void removeFake() {
        FakeCuda.remove();
    }
}
