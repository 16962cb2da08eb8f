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

    private const string LacksRole =
        " Only the operator may do this: `azd env set RELAY_OPERATOR_ID` with the id of `az ad signed-in-user show`, then `azd provision`.";

    private const string OthersPipeline =
        "Left to the operator, whom RELAY_OPERATOR_ID names: `dotnet run --project src/Operations -- secret` stores a secret that is missing.";

    /// <summary>Runs one of them.</summary>
    /// <exception cref="OperationException">It cannot be carried out.</exception>
    public static async Task<int> RunAsync(string[] args)
    {
        var environment = new AzdEnvironment();
        try
        {
            Task? command = args switch
            {
                ["secret"] or ["ready"] when IsOthersPipeline(environment) => Console.Out.WriteLineAsync(OthersPipeline),
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
            var hint = cause is RequestFailedException refused && RoleWait.LacksRole(refused) ? LacksRole : "";
            throw new OperationException(FirstLine.Of(cause) + hint);
        }
    }

    /// <summary>Whoever is signed in to azd, or else to the Azure CLI.</summary>
    private static TokenCredential Operator => new ChainedTokenCredential(new AzureDeveloperCliCredential(), new AzureCliCredential());

    // Its identity has no role of an operator, and none would come by waiting for it.
    private static bool IsOthersPipeline(AzdEnvironment environment) =>
        Environment.GetEnvironmentVariable("CI") is not null && environment.Find("RELAY_OPERATOR_ID") is not null;

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
