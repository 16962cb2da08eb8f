using System.Net.Sockets;
using Local.Azurite;
using Local.Http;
using Local.Queue;
using Local.Slack;
using Local.SlackEmulator;
using Microsoft.AspNetCore.Connections;
using Relay;
using Relay.Redaction;
using Relay.Reports;
using Relay.Routes;
using Relay.Storage;

namespace Local;

/// <summary>The whole relay on one machine.</summary>
public static class LocalRelay
{
    /// <summary>Runs until it is told to stop, and stops everything that it started. <c>--install</c> only installs Azurite.</summary>
    /// <exception cref="StartException">It cannot start.</exception>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["--install"])
        {
            await AzuriteInstallation.Own.EnsureAsync(Console.Out, CancellationToken.None);
            return 0;
        }

        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var options = LocalOptions.Read(builder.Configuration);
        var settings = QueueSettings.Read() with { Redelivery = options.Redelivery };
        await using var storage = await LocalStorage.StartAsync(options.Storage, settings, Console.Out, CancellationToken.None);

        builder.Logging
            .ClearProviders()
            .AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss.fff "));
        builder.Services
            .AddRelay(new RouteTable(options.Routes.Keys), options.Incidents)
            .AddStorage(storage.State, storage.Queues.Reports)
            .AddQueues(storage.Queues, settings)
            .AddLocalSlack(options)
            .AddSlackEmulator()
            .AddSingleton<MeteredNumbers>()
            .AddSingleton<ReportLimit>()
            .AddSingleton(new CallerKey(options.Key));

        await using var app = builder.Build();
        app.MapRelay();
        app.MapSlackEmulator();

        if (app.Urls.Count == 0 && builder.Configuration["urls"] is null)
        {
            app.Urls.Add(LocalOptions.DefaultUrl);
        }

        _ = Task.Run(() => Redactor.Text("")); // The first report need not wait until the rules are compiled.
        await StartAsync(app);
        Greet(app.Urls.First(), storage.Name, options);
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static async Task StartAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new StartException($"Something else listens there already. {e.Message} Choose another address with --urls.");
        }
        catch (Exception e) when (e is IOException or SocketException or FormatException or ArgumentException or InvalidOperationException)
        {
            throw new StartException($"The relay cannot listen there. {FirstLine.Of(e)} Choose another address with --urls.");
        }
    }

    private static void Greet(string url, string storage, LocalOptions options)
    {
        var slack = options.UsesEmulator ? "the emulator; its inbox is the page at that address" : "the configured webhook";
        Console.WriteLine($"Ansible Slack Relay on {url}");
        Console.WriteLine($"  storage: {storage}");
        Console.WriteLine($"  Slack:   {slack}");
    }
}
