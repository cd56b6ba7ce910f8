;; A recursive function.
(module
  (func $f (param i32) (result i32)
    (if (result i32) (i32.lt_u (local.get 0) (i32.const 2))
      (then (local.get 0))
      (else (i32.add
        (call $f (i32.sub (local.get 0) (i32.const 1)))
        (call $f (i32.sub (local.get 0) (i32.const 2))))))))

;; Graph
;; b0:
;;   v0 = i32.lt_u p0:i32, 2
;;   branch v0 ? b8 : b1
;; b1:                                     ; ×0.5, from b0
;;   v1 = i32.add p0:i32, -1
;;   v2 = i32.lt_u v1, 2
;;   branch v2 ? b3 : b2
;; b2:                                     ; ×0.25, from b1
;;   v3 = i32.add v1, -1
;;   v4 = call f0(v3): i32
;;   v5 = i32.add v1, -2
;;   v6 = call f0(v5): i32
;;   v7 = i32.add v4, v6
;;   jump b4(v7)
;; b3:                                     ; ×0.25, from b1
;;   jump b4(v1)
;; b4(v8: i32):                            ; ×0.5, from b2 b3
;;   v9 = i32.add p0:i32, -2
;;   v10 = i32.lt_u v9, 2
;;   branch v10 ? b6 : b5
;; b5:                                     ; ×0.25, from b4
;;   v11 = i32.add v9, -1
;;   v12 = call f0(v11): i32
;;   v13 = i32.add v9, -2
;;   v14 = call f0(v13): i32
;;   v15 = i32.add v12, v14
;;   jump b7(v15)
;; b6:                                     ; ×0.25, from b4
;;   jump b7(v9)
;; b7(v16: i32):                           ; ×0.5, from b5 b6
;;   v17 = i32.add v8, v16
;;   jump b9(v17)
;; b8:                                     ; ×0.5, from b0
;;   jump b9(p0:i32)
;; b9(v18: i32):                           ; from b7 b8
;;   return v18
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;;   0006  48 83 ec 28                    sub rsp, 40
;;   000a  49 3b 26                       cmp rsp, [r14]
;;   000d  0f 82 78 00 00 00              jb +0x8b
;; b0:
;;   0013  83 ff 02                       cmp edi, 2
;;   0016  0f 82 65 00 00 00              jb +0x81
;; b1:
;;   001c  48 89 5d f0                    mov [rbp - 16], rbx
;;   0020  8d 4f ff                       lea ecx, [rdi - 1]
;;   0023  83 f9 02                       cmp ecx, 2
;;   0026  0f 82 24 00 00 00              jb +0x50
;; b2:
;;   002c  8d 51 ff                       lea edx, [rcx - 1]
;;   002f  89 4d d8                       mov [rbp - 40], ecx
;;   0032  89 fb                          mov ebx, edi
;;   0034  89 d7                          mov edi, edx
;;   0036  e8 c5 ff ff ff                 call +0x0
;;   003b  89 45 d0                       mov [rbp - 48], eax
;;   003e  8b 4d d8                       mov ecx, [rbp - 40]
;;   0041  8d 79 fe                       lea edi, [rcx - 2]
;;   0044  e8 b7 ff ff ff                 call +0x0
;;   0049  8b 4d d0                       mov ecx, [rbp - 48]
;;   004c  01 c1                          add ecx, eax
;;   004e  eb 02                          jmp +0x52
;; b3:
;;   0050  89 fb                          mov ebx, edi
;; b4:
;;   0052  83 c3 fe                       add ebx, -2
;;   0055  83 fb 02                       cmp ebx, 2
;;   0058  0f 82 1a 00 00 00              jb +0x78
;; b5:
;;   005e  8d 7b ff                       lea edi, [rbx - 1]
;;   0061  89 4d d8                       mov [rbp - 40], ecx
;;   0064  e8 97 ff ff ff                 call +0x0
;;   0069  8d 7b fe                       lea edi, [rbx - 2]
;;   006c  89 c3                          mov ebx, eax
;;   006e  e8 8d ff ff ff                 call +0x0
;;   0073  01 c3                          add ebx, eax
;;   0075  8b 4d d8                       mov ecx, [rbp - 40]
;; b7:
;;   0078  8d 04 19                       lea eax, [rcx + rbx]
;; b9:
;;   007b  48 8b 5d f0                    mov rbx, [rbp - 16]
;;   007f  c9                             leave
;;   0080  c3                             ret
;;   0081  89 f8                          mov eax, edi
;;   0083  c9                             leave
;;   0084  c3                             ret
;;   0085  48 8b 5d f0                    mov rbx, [rbp - 16]
;;   0089  c9                             leave
;;   008a  c3                             ret
;; outOfLine:
;;   008b  0f 0b                          ud2
