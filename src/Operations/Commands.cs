using Azure;
using Azure.Core;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Azure.Storage.Blobs;
using Relay.Routes;
using Relay.Storage;
using Relay.Text;

namespace Operations;

/// <summary>What a person does with a relay, in Azure with their own identity. The hooks of <c>azure.yaml</c> call them too.</summary>
internal static class Commands
{
    private const string Usage = """
        dotnet run --project src/Operations -- COMMAND

          secret [ROUTE]            asks for the webhook or bot token of a route where the vault has none
          secret [ROUTE] --replace  asks for it in any case
          ready                     waits until roles that were given a moment ago are in effect
          hosts                     says what to put on an Ansible host
          replay                    puts parked messages back into the queue
        """;

    /// <summary>Runs one of them.</summary>
    /// <exception cref="OperationException">It cannot be carried out.</exception>
    public static async Task<int> RunAsync(string[] args)
    {
        var environment = new AzdEnvironment();
        try
        {
            Task? command = args switch
            {
                ["secret"] => StoreSecret(environment).RunAsync(Route.Default, replace: false),
                ["secret", "--replace"] => StoreSecret(environment).RunAsync(Route.Default, replace: true),
                ["secret", var route] => StoreSecret(environment).RunAsync(route, replace: false),
                ["secret", var route, "--replace"] => StoreSecret(environment).RunAsync(route, replace: true),
                ["ready"] => Ready(environment).RunAsync(),
                ["hosts"] => Console.Out.WriteLineAsync(HostLines.Of(environment)),
                ["replay"] => new Replay(OperatedStorage.Of(environment, Operator), Console.Out).RunAsync(),
                _ => null,
            };
            if (command is null)
            {
                Console.Error.WriteLine(Usage);
                return 2;
            }

            await command;
            return 0;
        }
        catch (Exception e) when (e is RequestFailedException or AuthenticationFailedException
            or StorageUnavailableException or AggregateException or FormatException)
        {
            var cause = e is AggregateException { InnerExceptions: [.., var last] } ? last : e;
            throw new OperationException(FirstLine.Of(cause));
        }
    }

    /// <summary>Whoever is signed in to azd, or else to the Azure CLI.</summary>
    private static TokenCredential Operator => new ChainedTokenCredential(new AzureDeveloperCliCredential(), new AzureCliCredential());

    private static StoreSecret StoreSecret(AzdEnvironment environment) => new(
        new SecretClient(new Uri(environment.Require("RELAY_VAULT")), Operator),
        new RoleWait(TimeProvider.System, Console.Out),
        SecretPrompt.OnTerminal,
        environment.Find("RELAY_ALLOWED_SLACK_HOSTS"));

    private static Ready Ready(AzdEnvironment environment) => new(
        new BlobContainerClient(new Uri(new Uri(environment.Require("RELAY_BLOBS")), StorageNames.State), Operator),
        new RoleWait(TimeProvider.System, Console.Out),
        Console.Out);
}
