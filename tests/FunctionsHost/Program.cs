using FunctionsHost;
using Hosting;

try
{
    return await StandIn.RunAsync(args);
}
catch (StartException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
