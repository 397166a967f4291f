package dev.keratin.backend.cuda;

/**
 * A step of a plan.
 *
 * @param kind what does it: the family of a kernel, a library, or a word
 * @param line for messages
 * @param cost what it takes
 * @param checks whether it only checks indices
 */
record PlannedStep(Step step, String kind, String line, Work.Cost cost, boolean checks) {
    /** Compiles what has to be. */
    static PlannedStep of(Work work, GpuDriver driver) {
        boolean checks = work.role() == Work.Role.CHECK;
        Work.Task task = work.task();
        Launch launch = task.launch();
        if (launch == null) {
            return new PlannedStep(task.step(), task.kind(), task.line(), work.cost(), checks);
        }
        Kernel kernel = launch.kernel();
        return new PlannedStep(launch.step(kernel, driver), task.kind(), launch.line(kernel), work.cost(), checks);
    }

    boolean isLibrary() {
        return kind.equals(LibraryCall.CUBLAS) || kind.equals(LibraryCall.CUDNN);
    }
}
