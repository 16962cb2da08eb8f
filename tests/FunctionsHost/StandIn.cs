using System.Net;
using FunctionsHost.Http;
using FunctionsHost.Queue;
using FunctionsHost.Worker;
using Local;
using Local.Http;
using Local.SlackEmulator;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace FunctionsHost;

/// <summary>Stands in for the Functions host: it runs the app as it was built, on Azurite, with the Slack emulator beside it.</summary>
internal static class StandIn
{
    /// <summary>Runs until it is told to stop, or the app cannot.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var options = HostOptions.Read(builder.Configuration);
        var functions = FunctionMetadata.Read(options.App);
        await using var storage = await LocalStorage.StartAsync(options.Storage, options.Queues, Built.Azurite, Console.Out, CancellationToken.None);

        builder.Logging
            .ClearProviders()
            .AddFilter("Grpc", LogLevel.None)
            .AddFilter("Microsoft.AspNetCore", LogLevel.Critical)
            .AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss.fff "));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Parse(options.Url.Host), options.Url.Port);
            kestrel.Listen(IPAddress.Loopback, 0, forWorker => forWorker.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = grpc.MaxSendMessageSize = null);
        builder.Services
            .AddSlackEmulator()
            .AddSingleton(new CallerKey(options.Key))
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<WorkerSupervisor>(provider, options, functions))
            .AddSingleton<WorkerForwarder>();

        await using var app = builder.Build();
        app.MapGrpcService<EventStreamService>();
        app.MapFunctions(functions);
        app.MapSlackEmulator();
        var stopping = new TaskCompletionSource();
        app.Lifetime.ApplicationStopping.Register(stopping.SetResult);
        await app.StartAsync();

        var (url, forWorker) = (app.Urls.First(), app.Urls.Last());
        var supervisor = app.Services.GetRequiredService<WorkerSupervisor>();
        await supervisor.StartAsync(new(forWorker), AppSettings.For(url, storage.ConnectionString));
        await using (await QueueTriggers.StartAsync(functions, storage.Queues, options.Queues, supervisor, app.Services))
        {
            Console.WriteLine($"Ansible Slack Relay on {url}");
            await Task.WhenAny(stopping.Task, supervisor.GivenUp);
        }

        await supervisor.StopAsync();
        return supervisor.GivenUp.IsCompleted ? 1 : 0;
    }
}
