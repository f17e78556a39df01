// Command control-plane is a whole Kubernetes control plane in one file: its first argument picks the server to run,
// the rest are that server's own arguments.
package main

import (
	"fmt"
	"io"
	"os"
	_ "time/tzdata"

	"github.com/spf13/cobra"
	"go.etcd.io/etcd/server/v3/etcdmain"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllermanager "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
)

// With this variable set, a server ends when its standard input does. Whoever starts a server holds the other end of
// that pipe, so that no server outlives a parent that is killed and cannot tidy up.
const endWithStandardInput = "CONTROL_PLANE_ENDS_WITH_STDIN"

var servers = map[string]func(){
	"etcd":                    func() { etcdmain.Main(os.Args) },
	"kube-apiserver":          func() { run(apiserver.NewAPIServerCommand()) },
	"kube-controller-manager": func() { run(controllermanager.NewControllerManagerCommand()) },
	"kube-scheduler":          func() { run(scheduler.NewSchedulerCommand()) },
	"kwok":                    runKwok,
}

func main() {
	if len(os.Args) < 2 || servers[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: control-plane etcd|kube-apiserver|kube-controller-manager|kube-scheduler|kwok [ARGUMENT...]")
		os.Exit(2)
	}
	if os.Getenv(endWithStandardInput) != "" {
		go func() {
			_, _ = io.Copy(io.Discard, os.Stdin)
			os.Exit(1)
		}()
	}
	os.Args = os.Args[1:]
	servers[os.Args[0]]()
}

func run(command *cobra.Command) {
	os.Exit(cli.Run(command))
}
