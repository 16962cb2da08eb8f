using Hosting;
using Local;

try
{
    return await LocalRelay.RunAsync(args);
}
catch (StartException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
