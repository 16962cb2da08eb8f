using System.Text;
using System.Text.Json;
using Relay.Redaction;

namespace Benchmarks.Redaction;

/// <summary>How fast secrets are masked. Processor time, so that other programs do not count; ratios are of one run.</summary>
internal static class RedactionSpeed
{
    private static readonly string[] Words =
        "worker 7 handled the request in 12 ms at /var/lib/app/data E: Unable to locate 2026-11-22T10:00:04Z INFO web-01.example.com retrying in 5 s".Split(' ');

    private static readonly string[] Hostile = ["key ", "password ", "password=\"", "\"token\":[", "--token ", "mysql -p", "-eyJ", "{password: a", "://a:"];

    public static object Figures()
    {
        var first = Seconds(() => Redactor.Text("pass" + "word=hunter2"), 1);
        var text = Log(512 << 10, _ => false);
        var mixed = Log(512 << 10, line => line % 20 == 0);
        var json = JsonSerializer.SerializeToUtf8Bytes(new { stdout = mixed });
        var read = Seconds(() => JsonDocument.Parse(json).Dispose(), 20);
        return new
        {
            FirstMilliseconds = first * 1e3,
            MegabytesPerSecondWithoutNeedle = text.Length / Seconds(() => Redactor.Text(text), 5) / 1e6,
            MegabytesPerSecondOfLogs = mixed.Length / Seconds(() => Redactor.Text(mixed), 5) / 1e6,
            TimesAsLongAsReadingJson = Seconds(() => Redactor.Text(mixed), 5) / read,
            TimePerByteAt512KilobytesTo10 = Seconds(() => Redactor.Text(mixed), 5) / mixed.Length / (Seconds(() => Redactor.Text(mixed[..10240]), 50) / 10240),
            HostileMegabytesPerSecond = Hostile.ToDictionary(piece => piece, piece => 0.065536 / Seconds(() => Redactor.Text(Repeated(piece)), 2)),
            MegabytesAtRest = Environment.WorkingSet / 1e6,
        };
    }

    private static string Repeated(string piece) => string.Concat(Enumerable.Repeat(piece, 65536 / piece.Length));

    private static string Log(int size, Func<int, bool> names)
    {
        var random = new Random(1);
        var log = new StringBuilder();
        for (var line = 0; log.Length < size; line++)
        {
            log.AppendJoin(' ', random.GetItems(Words, 12)).Append(names(line) ? " the token of bob expired\n" : "\n");
        }

        return log.ToString(0, size);
    }

    private static double Seconds(Action action, int times)
    {
        var best = TimeSpan.MaxValue;
        for (var time = 0; time < times; time++)
        {
            var before = Environment.CpuUsage.TotalTime;
            action();
            var took = Environment.CpuUsage.TotalTime - before;
            best = took < best ? took : best;
        }

        return Math.Max(best.TotalSeconds, 1e-6);
    }
}
