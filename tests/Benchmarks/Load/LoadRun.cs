using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Benchmarks.Load;

/// <summary>Many senders at once, none of which waits for another.</summary>
public sealed class LoadRun(LoadPlan plan)
{
    /// <summary>As many things break as do in a bad hour of a large fleet.</summary>
    private const int Incidents = 100;

    private static readonly MediaTypeHeaderValue _json = new("application/json");
    private readonly string _text = new('x', plan.TextBytes);

    /// <summary>Sends until the time is over, and waits for the last answers.</summary>
    public async Task<LoadFigures> RunAsync()
    {
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = plan.Senders, UseProxy = false };
        using var http = new HttpClient(handler) { BaseAddress = plan.Relay };
        http.DefaultRequestHeaders.Add("x-functions-key", plan.Key);

        var began = Stopwatch.GetTimestamp();
        var answers = await Task.WhenAll(Enumerable.Range(0, plan.Senders).Select(sender => Task.Run(() => SendAsync(http, sender, began))));
        return LoadFigures.Of([.. answers.SelectMany(one => one)], Stopwatch.GetElapsedTime(began));
    }

    private async Task<List<LoadAnswer>> SendAsync(HttpClient http, int sender, long began)
    {
        var answers = new List<LoadAnswer>();
        for (var number = 0; Stopwatch.GetElapsedTime(began) < plan.Duration; number++)
        {
            using var report = new ByteArrayContent(Report(sender, number)) { Headers = { ContentType = _json } };
            answers.Add(await PostAsync(http, report));
        }

        return answers;
    }

    private static async Task<LoadAnswer> PostAsync(HttpClient http, HttpContent report)
    {
        var sent = Stopwatch.GetTimestamp();
        try
        {
            using var response = await http.PostAsync("/api/reports", report);
            return LoadAnswer.Of(response, Stopwatch.GetElapsedTime(sent));
        }
        catch (HttpRequestException e)
        {
            return new($"{e.HttpRequestError}", null, Stopwatch.GetElapsedTime(sent));
        }
        catch (TaskCanceledException)
        {
            return new("no answer", null, Stopwatch.GetElapsedTime(sent));
        }
    }

    private byte[] Report(int sender, int number) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        version = 1,
        run = new { id = $"run-{sender}-{number}", source = $"host-{sender:000}.example.com", playbook = "site.yml", mode = "pull" },
        events = new[]
        {
            new
            {
                id = $"event-{sender}-{number}",
                kind = "failed",
                at = "2026-11-22T10:00:04Z",
                host = $"host-{sender:000}",
                task = "Install nginx",
                action = "ansible.builtin.command",
                path = $"roles/web/tasks/main.yml:{((sender * 7) + number) % Incidents}",
                message = "non-zero return code",
                returnCode = 1,
                stderr = _text,
            },
        },
    });
}
