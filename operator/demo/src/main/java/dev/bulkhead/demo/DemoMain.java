package dev.bulkhead.demo;

import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.ControlPlaneOptions;
import dev.bulkhead.testkit.ControlPlaneUnavailableException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Runs the demo. At a terminal it stays up until Ctrl-C; elsewhere it ends with the story. */
public final class DemoMain {

    private static final String CONTROL_PLANE = "bulkhead.controlPlane";

    private DemoMain() {}

    public static void main(String[] arguments) {
        System.setProperty("logback.configurationFile", "dev/bulkhead/demo/logback.xml");
        boolean atTerminal = isAtTerminal();
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Narrator narrator = new Narrator(out, atTerminal && System.getenv("NO_COLOR") == null);
        System.exit(run(narrator, atTerminal));
    }

    @SuppressWarnings("SystemConsoleNull")
    private static boolean isAtTerminal() {
        // The console of this module is null where there is no terminal; that of later JDKs' default module is not.
        System.setProperty("jdk.console", "java.base");
        return System.console() != null;
    }

    /** @return the exit code: 0 if the story could be told to its end */
    static int run(Narrator narrator, boolean atTerminal) {
        String wish = System.getProperty(CONTROL_PLANE, "embedded");
        ControlPlaneKind kind;
        try {
            kind = ControlPlaneKind.valueOf(wish.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            narrator.says("-D" + CONTROL_PLANE + "=" + wish + ": there are embedded and real.");
            return 1;
        }
        Stay stay = new Stay();
        try (ControlPlane controlPlane = kind.start(ControlPlaneOptions.DEFAULT);
                CommandLineProgram program = CommandLineProgram.create()) {
            boolean told = new Demo(controlPlane, controlPlane.configuration(), narrator).run(invitation -> {
                if (atTerminal) {
                    new Suggestions(controlPlane.kubeconfig(), program.folder(), invitation).tell(narrator);
                    stay.untilInterrupted();
                }
            });
            return told ? 0 : 1;
        } catch (ControlPlaneUnavailableException e) {
            narrator.says(e.getMessage());
            return 1;
        } finally {
            stay.allIsClosed();
        }
    }
}
