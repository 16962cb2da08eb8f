using System.Diagnostics;
using System.Text.Json;
using Relay.Redaction;

namespace Relay.Tests.Redaction;

/// <summary>The callback and the relay mask every text alike: Python is asked in a process of its own.</summary>
public sealed class SameAnswerTests
{
    private const string Program = """
        import json, sys
        sys.path.insert(0, sys.argv[1])
        from Callback.redaction import mask_text
        for line in sys.stdin:
            print(json.dumps(mask_text(json.loads(line))))
        """;

    private static readonly string[] Pieces =
    [
        "password", "token", "secret", "key", "API_KEY", "pass", "Pass", "PWD", "sas", "auth", "name", "value", "x", "1", "true", "hunter2", "a1B2c3D4e5F6",
        "=", ": ", ":", "\"", "'", "\\\"", "\\n", "\n", "\r\n", "\t", " ", ", ", "{", "}", "[", "]", "<", "</", ">", "|\n  ", "`", "=>", "->", ";", "&", "#", "%", "~", "_", "-",
        "--", "-p ", "-phunter2", "mysql ", "docker login ", "curl -u a:b ", "Authorization: Bearer ", "cookie: ", "://", "@", "login x password y", "echo a | sudo -S",
        "identified by ", "'abc'", "?code=", "&sig=", "eyJ", "sk-", "xox", "JQ" + "QJ", "Q~", "$6$", "$X", "{{ x }}", "/etc/x", "is required", "[redacted]",
        "-----BEGIN PRIV" + "ATE KEY-----", "-----END PRIV" + "ATE KEY-----", "AAAAAAAAAAAAAAAAAAAA\n", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "0f1e2d3c0f1e2d3c",
        "é", "😀", "İ", "K", "ſ", "\u200d", "²", "\u001c", "NaN", "[[[[[[[[", "{\"a\":1,\"a\":2}",
    ];

    /// <summary>How many texts; REDACTION_TEXTS asks for more.</summary>
    private static int Count => int.Parse(Environment.GetEnvironmentVariable("REDACTION_TEXTS") ?? "2000", null);

    [Fact]
    public async Task Python_masks_as_the_relay_does()
    {
        var random = new Random(1);
        var texts = Enumerable.Range(0, Count).Select(_ => string.Concat(random.GetItems(Pieces, random.Next(1, 40)))).ToList();

        var answers = await AskPythonAsync(texts);

        Assert.All(texts.Zip(answers), pair => Assert.Equal(Redactor.Text(pair.First), pair.Second));
    }

    private static async Task<IReadOnlyList<string?>> AskPythonAsync(IReadOnlyList<string> texts)
    {
        var start = new ProcessStartInfo("python3", ["-c", Program, Path.Combine(Repository(), "src")]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var python = Process.Start(start) ?? throw new InvalidOperationException("Python does not start.");
        var written = Task.Run(async () =>
        {
            foreach (var text in texts)
            {
                await python.StandardInput.WriteLineAsync(JsonSerializer.Serialize(text));
            }

            python.StandardInput.Close();
        });
        var output = await python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await written;
        await python.WaitForExitAsync(TestContext.Current.CancellationToken);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<string>(line))];
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Functions.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the repository.");
        }

        return folder.FullName;
    }
}
