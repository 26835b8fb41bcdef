window.onload = () => SwaggerUIBundle({ url: '/openapi/hone.yml', dom_id: '#operations', deepLinking: true });
