package dev.bulkhead.app.argocd;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LoadState;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.PackageLib;
import org.luaj.vm2.lib.TableLib;
import org.luaj.vm2.lib.jse.JseBaseLib;

/** A health check, run as Argo CD runs it: with the libraries base, package and table, and no other. */
final class HealthScript {

    static final Path ROOT = Path.of(System.getProperty("bulkhead.root"));
    static final Path FOLDER = ROOT.resolve("examples/argocd/health");
    static final List<String> KINDS = List.of("AccessIntent", "Guardrail", "Segment", "WellKnownPeers");

    private final String text;

    private HealthScript(String text) {
        this.text = text;
    }

    static HealthScript of(String kind) throws IOException {
        return new HealthScript(Files.readString(FOLDER.resolve(kind + ".lua")));
    }

    String text() {
        return text;
    }

    /** @param object whatever serializes to a Kubernetes object */
    Health healthOf(Object object) {
        Globals globals = interpreter();
        globals.set("obj", value(Serialization.unmarshal(Serialization.asJson(object), Map.class)));
        LuaTable health = globals.load(text).call().checktable();
        return new Health(
                health.get("status").tojstring(), health.get("message").tojstring());
    }

    static Globals interpreter() {
        Globals globals = new Globals();
        globals.load(new JseBaseLib());
        globals.load(new PackageLib());
        globals.load(new TableLib());
        LoadState.install(globals);
        LuaC.install(globals);
        return globals;
    }

    private static LuaValue value(Object json) {
        if (json instanceof Map<?, ?> fields) {
            LuaTable table = new LuaTable();
            fields.forEach((name, field) -> table.set(name.toString(), value(field)));
            return table;
        }
        if (json instanceof List<?> items) {
            return LuaValue.listOf(items.stream().map(HealthScript::value).toArray(LuaValue[]::new));
        }
        if (json instanceof Number number) {
            return LuaValue.valueOf(number.doubleValue());
        }
        if (json instanceof Boolean flag) {
            return LuaValue.valueOf(flag);
        }
        return json == null ? LuaValue.NIL : LuaValue.valueOf(json.toString());
    }
}
